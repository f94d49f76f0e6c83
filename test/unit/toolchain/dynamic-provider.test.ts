import { afterAll, beforeAll, expect, test } from "@jest/globals";
import grpc from "@grpc/grpc-js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { ResourceProviderClient, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { stub } from "../../../providers/stub.ts";
import { dynamicProvider } from "../../../toolchain/launchers/dynamic-provider.ts";
import { grpcServer, listen } from "../../../toolchain/launchers/grpc-server.ts";

const server = grpcServer();
let client: ResourceProviderClient;

beforeAll(async () => {
  server.addService(ResourceProviderService, dynamicProvider);
  client = new ResourceProviderClient(`127.0.0.1:${await listen(server)}`, grpc.credentials.createInsecure());
});

afterAll(() => {
  client.close();
  server.forceShutdown();
});

const create = (properties: Record<string, struct.JavaScriptValue>): Promise<proto.CreateResponse> => {
  const request = new proto.CreateRequest().setProperties(struct.Struct.fromJavaScript(properties));
  return new Promise((resolve, reject) => {
    client.create(request, (error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
};

test("makes a resource of ours, and keeps the stub with it", async () => {
  const __provider = stub("tenantry/Password");
  const made = (await create({ __provider, length: 30 })).getProperties()?.toJavaScript();
  expect(made).toMatchObject({ __provider, length: 30, password: expect.stringMatching(/^.{30}$/) });
});

test("a failure's own words reach the engine", async () => {
  const request = create({ __provider: stub("tenantry/Password"), length: "long" });
  await expect(request).rejects.toMatchObject({ details: expect.stringContaining("length") });
});

test.each([
  ["other code", "exports.handler = () => { globalThis.ran = true; };"],
  ["the stub with more behind it", `${stub("tenantry/Password")}globalThis.ran = true;`],
])("never runs %s", async (_what, code) => {
  await expect(create({ __provider: code })).rejects.toMatchObject({
    details: expect.stringContaining("not Tenantry's"),
  });
  expect("ran" in globalThis).toBe(false);
});

test("no code, no resource", async () => {
  await expect(create({ length: 30 })).rejects.toMatchObject({ code: grpc.status.UNKNOWN });
});
