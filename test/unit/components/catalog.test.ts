import { expect, test } from "@jest/globals";
import { Catalog } from "../../../components/catalog.ts";
import { declare, nameOf } from "./declaration.ts";

const file = {
  repository: "platform/catalog",
  branch: "main",
  path: "tenants/acme.yaml",
  content: "# all about acme\n",
};

test("a tenant's file in the catalog's repository, which nothing protects: it goes with the tenant", async () => {
  const { all, inputs, options } = await declare(
    (given) => new Catalog("acme-catalog", { system: "gitea", tenant: "acme", ...file }, given),
  );
  expect(all).toEqual([
    "gitea:LocationTarget acme-catalog-target",
    "gitea:RepositoryFile acme-catalog-file",
    "index:Catalog acme-catalog",
  ]);
  expect(inputs("acme-catalog-file")).toEqual({ tenant: "acme", ...file });
  expect(inputs("acme-catalog-target")).toEqual({
    tenant: "acme",
    repository: "platform/catalog",
    branch: "main",
    path: "catalog-info.yaml",
    target: "./tenants/acme.yaml",
  });
  expect([options("acme-catalog-target").dependsOn].flat().map(nameOf)).toEqual(["acme-catalog-file"]);
  expect(options("acme-catalog-file").protect).toBeUndefined();
});

test("the tenant is who the component is named after, unless it says so", async () => {
  const { inputs } = await declare((given) => new Catalog("acme", { system: "gitea", ...file }, given));
  expect(inputs("acme-file")).toMatchObject({ tenant: "acme" });
});

test("in GitHub it is the official plugin's file, in a repository of the environment's organization", async () => {
  const { all, inputs } = await declare(
    (given) => new Catalog("acme-catalog", { system: "github", tenant: "acme", ...file }, given),
  );
  expect(all).toEqual(["index:Catalog acme-catalog", "repositoryFile:RepositoryFile acme-catalog-file"]);
  expect(inputs("acme-catalog-file")).toEqual({
    repository: "catalog",
    branch: "main",
    file: "tenants/acme.yaml",
    content: "# all about acme\n",
    commitMessage: "Keep tenants/acme.yaml for tenant acme",
    overwriteOnCreate: true,
  });
});
