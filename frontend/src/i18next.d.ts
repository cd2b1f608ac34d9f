import "i18next";
import type account from "./locales/id/account.json";
import type announcements from "./locales/id/announcements.json";
import type audience from "./locales/id/audience.json";
import type audit from "./locales/id/audit.json";
import type auth from "./locales/id/auth.json";
import type boundaries from "./locales/id/boundaries.json";
import type calendar from "./locales/id/calendar.json";
import type codes from "./locales/id/codes.json";
import type common from "./locales/id/common.json";
import type data from "./locales/id/data.json";
import type district from "./locales/id/district.json";
import type exports from "./locales/id/export.json";
import type institution from "./locales/id/institution.json";
import type landing from "./locales/id/landing.json";
import type launch from "./locales/id/launch.json";
import type mechanism from "./locales/id/mechanism.json";
import type members from "./locales/id/members.json";
import type national from "./locales/id/national.json";
import type notifications from "./locales/id/notifications.json";
import type oversight from "./locales/id/oversight.json";
import type packages from "./locales/id/packages.json";
import type past from "./locales/id/past.json";
import type profile from "./locales/id/profile.json";
import type publicPage from "./locales/id/public_page.json";
import type readiness from "./locales/id/readiness.json";
import type registration from "./locales/id/registration.json";
import type regulation from "./locales/id/regulation.json";
import type reviewQueue from "./locales/id/review_queue.json";
import type services from "./locales/id/services.json";
import type setup from "./locales/id/setup.json";
import type staff from "./locales/id/staff.json";
import type standards from "./locales/id/standards.json";
import type succession from "./locales/id/succession.json";
import type supervision from "./locales/id/supervision.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    /** Indonesian is the source: a key that is not there does not compile. */
    resources: {
      public_page: typeof publicPage;
      standards: typeof standards;
      succession: typeof succession;
      supervision: typeof supervision;
      launch: typeof launch;
      readiness: typeof readiness;
      account: typeof account;
      announcements: typeof announcements;
      audience: typeof audience;
      audit: typeof audit;
      auth: typeof auth;
      boundaries: typeof boundaries;
      calendar: typeof calendar;
      codes: typeof codes;
      common: typeof common;
      data: typeof data;
      district: typeof district;
      export: typeof exports;
      institution: typeof institution;
      landing: typeof landing;
      mechanism: typeof mechanism;
      members: typeof members;
      national: typeof national;
      notifications: typeof notifications;
      oversight: typeof oversight;
      packages: typeof packages;
      past: typeof past;
      profile: typeof profile;
      registration: typeof registration;
      regulation: typeof regulation;
      review_queue: typeof reviewQueue;
      services: typeof services;
      setup: typeof setup;
      staff: typeof staff;
    };
  }
}
