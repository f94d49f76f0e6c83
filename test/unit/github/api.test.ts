import { expect, test } from "@jest/globals";
import { apiUrl } from "../../../providers/github/api.ts";

test.each([
  ["https://github.com", "https://api.github.com"],
  ["https://github.com/", "https://api.github.com"],
  ["https://api.github.com/", "https://api.github.com"],
  ["https://acme.ghe.com", "https://api.acme.ghe.com"],
  ["https://api.acme.ghe.com", "https://api.acme.ghe.com"],
  ["https://github.example.com", "https://github.example.com/api/v3"],
  ["https://github.example.com/api/v3/", "https://github.example.com/api/v3"],
  ["http://127.0.0.1:4000", "http://127.0.0.1:4000/api/v3"],
  ["https://notgithub.com", "https://notgithub.com/api/v3"],
])("the API of %s is at %s", (address, api) => {
  expect(apiUrl(address)).toBe(api);
});
