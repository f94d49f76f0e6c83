// pulumi-resource-postgresql is Pulumi's PostgreSQL plugin built from a Terraform provider. It is older than the one
// inside the official plugin, so it lacks Grant.objects, Grant.columns and schema grants; use of them fails loudly.
package main

import (
	"github.com/hashicorp/terraform-plugin-sdk/helper/schema"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/tokens"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v1"
	"github.com/terraform-providers/terraform-provider-postgresql/postgresql"

	"tenantry/plugins/internal/engine"
)

// version is the npm package's, set at build time with -ldflags "-X main.version=…".
var version string

func main() {
	engine.ExitWithIt()
	info := tfbridge.ProviderInfo{
		P:            shim.NewProvider(postgresql.Provider().(*schema.Provider)),
		Name:         "postgresql",
		GitHubOrg:    "terraform-providers",
		Version:      version,
		MetadataInfo: tfbridge.NewProviderMetadata(nil),
	}
	info.MustComputeTokens(tokens.SingleModule("postgresql_", "index", tokens.MakeStandard("postgresql")))
	info.SetAutonaming(255, "-")
	tfbridge.Main(info.Name, info.Version, info, nil)
}
