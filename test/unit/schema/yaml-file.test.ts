import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseYamlTree } from "../../../schema/yaml-tree.ts";
import { YamlFile } from "../../../schema/yaml-file.ts";

/** Scalars that YAML 1.1, YAML 1.2 and people read in different ways. */
const traps = [
  "no",
  "on",
  "y",
  "~",
  "null",
  "NULL",
  "True",
  "0o17",
  "017",
  "0x1F",
  "1_000",
  "1e3",
  "1e3017",
  ".5",
  ".inf",
  "2026-01-01",
  "12:30",
  "1.",
  "+1",
  "-0",
  "=",
  "a #b",
  "a#b",
  "'it''s'",
  '"\\u00e9"',
  "é",
  "[]",
  "{}",
  "",
  "|\n  two\n  lines\n",
  ">-\n  one\n  line\n",
  "a b",
  "https://a.example/*",
  "x: y".replace(": ", ":"),
];

test.each(traps)("both parsers read %j the same", (scalar) => {
  const text = `key: ${scalar}\nlist:\n  - ${scalar.includes("\n") ? "x" : scalar}\n`;
  expect(new YamlFile("x.yaml", text).value).toEqual(parseYamlTree(text).value);
});

test("whatever the fast parser takes, the thorough one reads the same", () => {
  const piece = fc.constantFrom(
    "a: ",
    "b:\n  ",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    ": ",
    '"',
    "'",
    "#",
    " #",
    "|",
    ">",
    "\n- ",
    "\nc: ",
    "1",
    "x",
    "~",
    "?",
    "? ",
    "\t",
    "---",
    "...",
    "-",
    "\r\n",
    "no",
    "\\",
    ...traps,
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = `key: 1\n${pieces.join("")}\n`;
      const file = new YamlFile("x.yaml", text);
      const thorough = parseYamlTree(text);
      if (file.problems.length > 0 || !thorough.sound || thorough.problems.length > 0) return;
      expect(file.value).toEqual(thorough.value);
    }),
    { numRuns: 3000 },
  );
});

test("places: values, keys, list items, and nothing where there is nothing", () => {
  const file = new YamlFile("x.yaml", "a:\n  b: 1\nlist:\n  - x\n  - y: 2\n");
  expect(file.locate(["a", "b"])).toEqual({ file: "x.yaml", line: 2, column: 6 });
  expect(file.locateKey(["a", "b"])).toEqual({ file: "x.yaml", line: 2, column: 3 });
  expect(file.locate(["list", 1])).toEqual({ file: "x.yaml", line: 5, column: 5 });
  expect(file.locate(["list", 1, "y"])).toEqual({ file: "x.yaml", line: 5, column: 8 });
  expect(file.locate(["list", 2])).toBeUndefined();
  expect(file.source(["a", "b"])).toBe("1");
});
