import type { ComponentKey } from "@/lib/components";
import * as data from "./data";
import * as institution from "./institution";
import type { AnyKind } from "./kind";
import * as mechanism from "./mechanism";
import * as regulation from "./regulation";
import * as services from "./services";
import * as staff from "./staff";

export type { AnyKind, RecordKind } from "./kind";

/** Every kind, by its word in the API. */
export const KINDS = {
  legal_instrument: regulation.legalInstrument,
  team: institution.team,
  agency: institution.agency,
  sop: mechanism.sop,
  coordination_rhythm: mechanism.coordinationRhythm,
  service_standard: mechanism.serviceStandard,
  supervision_rhythm: mechanism.supervisionRhythm,
  satisfaction_survey: mechanism.satisfactionSurvey,
  service: services.service,
  early_detection: services.earlyDetection,
  staff_member: staff.staffMember,
  vulnerability_category: data.vulnerabilityCategory,
  data_form: data.dataForm,
  form_field: data.formField,
  data_source: data.dataSource,
  indicator: data.indicator,
  report_plan: data.reportPlan,
  retention_rule: data.retentionRule,
  data_agreement: data.dataAgreement,
  data_protection: data.dataProtection,
};

export type KindKey = keyof typeof KINDS;

/** The kind that an address of a page names. */
export function kindOfSlug(component: ComponentKey, slug: string): AnyKind | undefined {
  return Object.values<AnyKind>(KINDS).find(
    (kind) => kind.component === component && kind.slug === slug,
  );
}

/** `steps.2.activity` as `steps.activity`: the field without row numbers. */
export function fieldOf(path: string): string {
  return path
    .split(".")
    .filter((step) => !/^\d+$/.test(step))
    .join(".");
}
