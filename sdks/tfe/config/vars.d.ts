/**
 * The Terraform Enterprise hostname to connect to. Defaults to app.terraform.io.
 */
export declare const hostname: string | undefined;
/**
 * The organization to apply to a resource if one is not defined on
 * the resource itself
 */
export declare const organization: string | undefined;
/**
 * Whether or not to skip certificate verifications.
 */
export declare const sslSkipVerify: boolean | undefined;
/**
 * The token used to authenticate with Terraform Enterprise. We recommend omitting
 * the token which can be set as credentials in the CLI config file.
 */
export declare const token: string | undefined;
