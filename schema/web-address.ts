const host = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?`;
const path = String.raw`(?:\/[A-Za-z0-9._~!$&'()+,;=:@%\/-]*)?`;
const query = String.raw`(?:\?[A-Za-z0-9._~!$&'()+,;=:@%\/?-]*)?`;

/** Addresses that sign-in may send people back to. A single regular expression, so that editors know the rule too. */
export const redirectUriPattern = new RegExp(
  String.raw`^(?:https:\/\/(?:${host}|\[::1\])|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::[1-9][0-9]{0,4})?(?:${path}${query}|${path}\/\*)$`,
);

/** A plain https:// address, without fragment, user name or white space. */
export const httpsUrlPattern = new RegExp(
  String.raw`^https:\/\/(?:${host}|\[::1\])(?::[1-9][0-9]{0,4})?${path}${query}$`,
);

/** An address that events are sent to: https, or http on this machine. */
export const hookUrlPattern = new RegExp(
  String.raw`^(?:https:\/\/(?:${host}|\[::1\])|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::[1-9][0-9]{0,4})?${path}${query}$`,
);

/** Says which part of the rule an address breaks. */
export function redirectUriError(uri: string): string {
  const rule = "an address that sign-in may send people back to";
  const authority = /^[^:]*:\/\/([^/?#]*)/.exec(uri)?.[1];
  if (/\s/.test(uri)) return `${rule}: it holds white space`;
  if (authority === undefined) return `${rule}: an https:// address, or http://localhost`;
  if (authority.includes("*")) return `${rule}: no * in the host; name each host`;
  if (authority.includes("@")) return `${rule}: no user name or password in it`;
  if (uri.includes("#")) return `${rule}: no fragment (#)`;
  if (uri.replace(/\/\*$/, "").includes("*"))
    return `${rule}: * only as the last part of the path, as in https://app.example/*`;
  if (!/^https?:/.test(uri)) return `${rule}: only https://, or http:// for localhost`;
  if (uri.startsWith("http:"))
    return `${rule}: https://, since http:// is for localhost, 127.0.0.1 and [::1] only`;
  return `${rule}: a well-formed https:// address`;
}
