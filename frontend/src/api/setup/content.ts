import type { components } from "../schema.gen";
import type { CodeOf } from "./codes";

type Schemas = components["schemas"];

/** A content with every field there, as the service answers it, and codes as they travel. */
type Whole<T> = T extends string
  ? string extends T
    ? T
    : CodeOf<T>
  : T extends (infer Item)[]
    ? Whole<Item>[]
    : T extends object
      ? { [K in keyof T]-?: Whole<Exclude<T[K], undefined>> }
      : T;

export type LegalInstrument = Whole<Schemas["LegalInstrument"]>;
export type StageEntry = LegalInstrument["stages"][number];
export type Team = Whole<Schemas["Team"]>;
export type TeamPosition = Team["positions"][number];
export type Agency = Whole<Schemas["Agency"]>;
export type FocalPoint = Agency["focal_points"][number];
export type Sop = Whole<Schemas["Sop"]>;
export type SopStep = Sop["steps"][number];
export type ClockRow = Sop["clocks"][number];
export type ClockLimit = ClockRow["first_response"];
export type CoordinationRhythm = Whole<Schemas["CoordinationRhythm"]>;
export type ServiceStandard = Whole<Schemas["ServiceStandard"]>;
export type SupervisionRhythm = Whole<Schemas["SupervisionRhythm"]>;
export type SatisfactionSurvey = Whole<Schemas["SatisfactionSurvey"]>;
export type SurveyQuestion = SatisfactionSurvey["questions"][number];

export type Service = Whole<Schemas["Service"]>;
export type ServiceProvider = Service["providers"][number];
export type EarlyDetection = Whole<Schemas["EarlyDetection"]>;
export type StaffMember = Whole<Schemas["StaffMember"]>;
export type StaffTraining = StaffMember["trainings"][number];
export type StaffCertificate = StaffMember["certificates"][number];
export type VulnerabilityCategory = Whole<Schemas["VulnerabilityCategory"]>;
export type DataForm = Whole<Schemas["DataForm"]>;
export type FormField = Whole<Schemas["FormField"]>;
export type FieldChoice = FormField["choices"][number];
export type DataSource = Whole<Schemas["DataSource"]>;
export type Indicator = Whole<Schemas["Indicator"]>;
export type ReportPlan = Whole<Schemas["ReportPlan"]>;
export type RetentionRule = Whole<Schemas["RetentionRule"]>;
export type DataAgreement = Whole<Schemas["DataAgreement"]>;
export type DataProtection = Whole<Schemas["DataProtection"]>;

/** Something a district set up, with its content. */
export type SetupRecord<C> = Omit<Schemas["LegalInstrumentRecord"], "content"> & { content: C };
export type Missing = Schemas["Missing"];
export type SetupChange = Schemas["SetupRecordChange"];
