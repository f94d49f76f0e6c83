import type { Input } from "@pulumi/pulumi";
import type * as keycloak from "../sdks/keycloak.ts";
import { ownerAttribute } from "../../providers/keycloak/find-ids.ts";
import { durationInSeconds, pluginDuration } from "./duration.ts";

/** What a realm asks of people and grants them. Durations are texts such as `30s`, `15m`, `10h`, `7d`. */
export interface RealmSettings {
  readonly passwordPolicy?: PasswordPolicy;
  readonly bruteForce?: {
    /** How many failed sign-ins lock an account for a while. Default: 5. */
    readonly maxFailures?: number;
    /** The longest time an account stays locked. Default: 15m. */
    readonly lockout?: string;
  };
  readonly sessions?: {
    /** After how long without activity a session ends. Default: 30m. */
    readonly idle?: string;
    /** The longest a session lasts. Default: 10h. */
    readonly max?: string;
  };
  readonly tokens?: {
    /** How long an access token is valid. Default: 5m. */
    readonly access?: string;
  };
}

export interface PasswordPolicy {
  /** The fewest characters of a password. Default: 12. */
  readonly minLength?: number;
  /** How many former passwords can't be used again. Default: 5; 0 turns it off. */
  readonly history?: number;
  /** After how many days a password must be changed. Default: never. */
  readonly maxAgeDays?: number | undefined;
}

interface RealmArgs extends RealmSettings {
  readonly realm: Input<string>;
  readonly displayName?: Input<string> | undefined;
  readonly tenant: Input<string>;
  readonly enabled?: Input<boolean> | undefined;
}

/**
 * A realm that is closed by default. Everything that the plugin would leave to the server is said here, so that a change
 * by hand is seen. Nobody registers themselves; there is no mail server, so neither "forgot password" nor verification
 * by mail; sessions end when the browser does; a refresh token works once.
 */
export function realmArgs(args: RealmArgs): keycloak.RealmArgs {
  const { idle = "30m", max = "10h" } = args.sessions ?? {};
  const { access = "5m" } = args.tokens ?? {};
  const { maxFailures = 5, lockout = "15m" } = args.bruteForce ?? {};
  return {
    realm: args.realm,
    ...(args.displayName !== undefined && { displayName: args.displayName }),
    enabled: args.enabled ?? true,
    attributes: { [ownerAttribute]: args.tenant },

    registrationAllowed: false,
    registrationEmailAsUsername: false,
    editUsernameAllowed: false,
    resetPasswordAllowed: false,
    rememberMe: false,
    verifyEmail: false,
    loginWithEmailAllowed: true,
    duplicateEmailsAllowed: false,
    userManagedAccess: false,
    sslRequired: "external",
    passwordPolicy: passwordPolicy(args.passwordPolicy ?? {}),

    defaultSignatureAlgorithm: "RS256",
    revokeRefreshToken: true,
    refreshTokenMaxReuse: 0,
    ssoSessionIdleTimeout: pluginDuration(idle),
    ssoSessionMaxLifespan: pluginDuration(max),
    accessTokenLifespan: pluginDuration(access),

    securityDefenses: {
      // Named, because the plugin does not look at headers that it isn't told of.
      headers: {
        xFrameOptions: "SAMEORIGIN",
        strictTransportSecurity: "max-age=31536000; includeSubDomains",
      },
      bruteForceDetection: {
        permanentLockout: false,
        maxLoginFailures: maxFailures,
        waitIncrementSeconds: Math.min(60, durationInSeconds(lockout)),
        maxFailureWaitSeconds: durationInSeconds(lockout),
        minimumQuickLoginWaitSeconds: 60,
        quickLoginCheckMilliSeconds: 1000,
        failureResetTimeSeconds: 43_200,
      },
    },
  };
}

/** Keycloak's notation of a password policy. A password is never the username or the address, and never holds the username. */
export function passwordPolicy({ minLength = 12, history = 5, maxAgeDays }: PasswordPolicy): string {
  return [
    `length(${minLength})`,
    "notUsername(undefined)",
    "notEmail(undefined)",
    "notContainsUsername(undefined)",
    ...(history > 0 ? [`passwordHistory(${history})`] : []),
    ...(maxAgeDays === undefined ? [] : [`forceExpiredPasswordChange(${maxAgeDays})`]),
  ].join(" and ");
}
