// pulumi-resource-github is Pulumi's GitHub plugin built from the Terraform provider inside the official one. It needs
// no embedded schema: programs use the resource classes of the npm package @pulumi/github.
package main

import (
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/integrations/terraform-provider-github/v6/github"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/tokens"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"

	"tenantry/plugins/internal/engine"
)

// version is the npm package's, set at build time with -ldflags "-X main.version=…".
var version string

func main() {
	engine.ExitWithIt()
	provider := github.Provider()
	// A second between two writes is what GitHub asks for. A server of one's own, or on this machine, needs none.
	delay := provider.Schema["write_delay_ms"]
	delay.Default, delay.DefaultFunc = nil, schema.EnvDefaultFunc("GITHUB_WRITE_DELAY_MS", 1000)
	info := tfbridge.ProviderInfo{
		P:                       shim.NewProvider(provider),
		Name:                    "github",
		GitHubOrg:               "integrations",
		Version:                 version,
		TFProviderModuleVersion: "v6",
		MetadataInfo:            tfbridge.NewProviderMetadata(nil),
		// The official package names this otherwise than the strategy below would.
		DataSources: map[string]*tfbridge.DataSourceInfo{
			"github_app": {Tok: "github:index/getGithubApp:getGithubApp"},
		},
	}
	info.MustComputeTokens(tokens.SingleModule("github_", "index", tokens.MakeStandard("github")))
	info.SetAutonaming(255, "-")
	tfbridge.Main(info.Name, info.Version, info, nil)
}
