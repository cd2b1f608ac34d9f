import "i18next";
import type account from "./locales/id/account.json";
import type auth from "./locales/id/auth.json";
import type common from "./locales/id/common.json";
import type district from "./locales/id/district.json";
import type landing from "./locales/id/landing.json";
import type members from "./locales/id/members.json";
import type oversight from "./locales/id/oversight.json";
import type registration from "./locales/id/registration.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    /** Indonesian is the source: a key that is not there does not compile. */
    resources: {
      account: typeof account;
      auth: typeof auth;
      common: typeof common;
      district: typeof district;
      landing: typeof landing;
      members: typeof members;
      oversight: typeof oversight;
      registration: typeof registration;
    };
  }
}
