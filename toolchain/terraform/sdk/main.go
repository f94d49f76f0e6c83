// sdk writes the TypeScript SDK of a Pulumi schema, which it reads from standard input, into the folder that is its
// argument. Only resources are written: programs here read nothing by the provider's functions.
package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	var spec schema.PackageSpec
	check(json.NewDecoder(os.Stdin).Decode(&spec))
	spec.Functions, spec.Provider.Methods = nil, nil
	spec.Types = usedTypes(spec)
	languages := map[string]schema.Language{"nodejs": nodejs.Importer}
	pkg, err := schema.ImportSpec(spec, languages, schema.NewNullLoader(), schema.ValidationOptions{})
	check(err)
	files, err := nodejs.GeneratePackage("tenantry", pkg, nil, nil, true, nil)
	check(err)
	for name, content := range files {
		path := filepath.Join(os.Args[1], name)
		check(os.MkdirAll(filepath.Dir(path), 0o755))
		check(os.WriteFile(path, content, 0o644))
	}
}

// usedTypes gives the types that resources and configuration name, and those that these name.
func usedTypes(spec schema.PackageSpec) map[string]schema.ComplexTypeSpec {
	used := map[string]schema.ComplexTypeSpec{}
	for text, found := marshal(spec.Resources, spec.Provider, spec.Config), true; found; text = marshal(used) {
		found = false
		for token, each := range spec.Types {
			if _, known := used[token]; !known && strings.Contains(text, `"#/types/`+token+`"`) {
				used[token], found = each, true
			}
		}
	}
	return used
}

func marshal(values ...any) string {
	text, err := json.Marshal(values)
	check(err)
	return string(text)
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
