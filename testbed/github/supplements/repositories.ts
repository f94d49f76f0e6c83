import { z } from "zod";
import {
  answerOf,
  asIs,
  completed,
  sent,
  valueOf,
  withValue,
  type Supplement,
  type Workshop,
} from "../supplement.ts";

const repository = z.looseObject({ full_name: z.string() });
const tree = z.object({ tree: z.array(z.object({ path: z.string(), type: z.string() })) });
const content = z.object({ content: z.string() });

/** Repositories: lists of them, their settings, and new ones from a template. */
export const repositories: readonly Supplement[] = [
  {
    method: "GET",
    path: /^\/orgs\/(?<organization>[^/?]+)\/repos(?:\?(?<query>.*))?$/,
    async answer({ parts: { organization = "", query = "" }, ask }) {
      const wanted = new URLSearchParams(query);
      wanted.set("q", `org:${organization}`);
      const found = await ask({ method: "GET", path: `/search/repositories?${wanted.toString()}` });
      return withValue(found, valueOf(found, z.object({ items: z.array(z.unknown()) })).items);
    },
  },
  { method: "POST", path: /^\/orgs\/[^/]+\/repos$/, answer: withSettings },
  { method: "PATCH", path: /^\/repos\/[^/]+\/[^/]+$/, answer: withSettings },
  {
    method: "GET",
    path: /^\/repos\/[^/]+\/[^/?]+$/,
    async answer(workshop) {
      return completed(await asIs(workshop), workshop.memory.get(workshop.call.path));
    },
  },
  {
    method: "DELETE",
    path: /^\/repos\/[^/]+\/[^/]+$/,
    async answer(workshop) {
      const { memory, call } = workshop;
      for (const path of memory.keys())
        if (path === call.path || path.startsWith(`${call.path}/`)) memory.delete(path);
      return asIs(workshop);
    },
  },
  { method: "POST", path: /^\/repos\/(?<template>[^/]+\/[^/]+)\/generate$/, answer: generate },
];

/** The emulator drops how merges are to be made, and more. */
async function withSettings(workshop: Workshop): Promise<ReturnType<typeof answerOf>> {
  const answer = await asIs(workshop);
  if (answer.status >= 300) return answer;
  const path = `/repos/${valueOf(answer, repository).full_name}`;
  workshop.memory.set(path, { ...workshop.memory.get(path), ...sent(workshop) });
  return completed(answer, workshop.memory.get(path));
}

/** A new repository with the files of another, in a first commit each. */
async function generate({
  call,
  parts: { template = "" },
  ask,
  memory,
}: Workshop): Promise<ReturnType<typeof answerOf>> {
  const wanted = z
    .object({
      owner: z.string(),
      name: z.string(),
      description: z.string().default(""),
      private: z.boolean(),
    })
    .parse(JSON.parse(call.body));
  const source = await ask({ method: "GET", path: `/repos/${template}` });
  if (source.status !== 200) return source;
  const { default_branch: branch } = valueOf(source, z.object({ default_branch: z.string() }));
  const { name, description, private: hidden } = wanted;
  const made = await ask({
    method: "POST",
    path: `/orgs/${wanted.owner}/repos`,
    body: { name, description, private: hidden, auto_init: true },
  });
  if (made.status >= 300) return made;
  const path = `/repos/${wanted.owner}/${name}`;
  const files = await ask({ method: "GET", path: `/repos/${template}/git/trees/${branch}?recursive=1` });
  for (const each of valueOf(files, tree).tree.filter(({ type }) => type === "blob")) {
    const file = await ask({ method: "GET", path: `/repos/${template}/contents/${each.path}` });
    const { content: text } = valueOf(file, content);
    const before = await ask({ method: "GET", path: `${path}/contents/${each.path}` });
    const sha = before.status === 200 ? valueOf(before, z.object({ sha: z.string() })) : {};
    const body = { message: "Initial commit", content: text.replaceAll("\n", ""), ...sha };
    await ask({ method: "PUT", path: `${path}/contents/${each.path}`, body });
  }
  memory.set(path, { template_repository: valueOf(source, repository) });
  return completed(made, memory.get(path));
}
