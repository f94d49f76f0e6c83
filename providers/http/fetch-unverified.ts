import { request } from "node:https";
import { buffer } from "node:stream/consumers";

/**
 * As `fetch`, for a server on this machine whose certificate nobody vouches for: it is taken as it is. Knows what
 * `ApiClient` sends, no more.
 */
export const fetchUnverified: typeof fetch = async (input, { method, headers, body, signal } = {}) => {
  const url = input instanceof Request ? input.url : input;
  const bytes = Buffer.from(await new Response(body).arrayBuffer());
  return await new Promise<Response>((resolve, reject) => {
    const call = request(url, {
      rejectUnauthorized: false,
      ...(method !== undefined && { method }),
      // Without its length the body of a DELETE isn't sent.
      headers: { ...Object.fromEntries(new Headers(headers)), "content-length": bytes.length },
      ...(signal && { signal }),
    });
    call.on("error", reject).on("response", (answer) => {
      const { statusCode: status = 502, headers: fields } = answer;
      const known = Object.entries(fields).flatMap(([name, value]): [string, string][] =>
        typeof value === "string" ? [[name, value]] : [],
      );
      buffer(answer).then(
        (received) =>
          resolve(new Response(status === 204 ? null : new Uint8Array(received), { status, headers: known })),
        reject,
      );
    });
    call.end(bytes);
  });
};
