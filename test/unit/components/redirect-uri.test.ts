import { expect, test } from "@jest/globals";
import { checkedRedirectUri } from "../../../components/identity/client.ts";

test.each([
  "https://portal.acme.example/callback",
  "https://portal.acme.example/*",
  "http://localhost:3000/callback",
  "http://127.0.0.1:8080/*",
])("%s is let through as it is", (uri) => expect(checkedRedirectUri(uri)).toBe(uri));

test.each([
  "https://*.acme.example/callback",
  "https://*/callback",
  "*",
  "http://portal.acme.example/callback",
  "https://portal.acme.example*",
  "https://portal.acme.example/*/callback",
  "https://user:pw@portal.acme.example/",
  "https://portal.acme.example/#fragment",
  "javascript:alert(1)",
  "custom-scheme:/callback",
  "",
])("%s is refused", (uri) =>
  expect(() => checkedRedirectUri(uri)).toThrow(expect.objectContaining({ code: "redirect-uri" })),
);
