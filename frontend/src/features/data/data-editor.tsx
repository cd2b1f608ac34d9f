import { getRouteApi } from "@tanstack/react-router";
import { KINDS, kindOfSlug } from "@/api/setup/kinds";
import { RecordEditor } from "@/ui/record/record-editor";
import { UnknownRecord } from "@/ui/record/unknown-record";
import {
  AgreementForm,
  CategoryForm,
  DataFormForm,
  IndicatorForm,
  ProtectionForm,
  ReportForm,
  RetentionForm,
  SourceForm,
} from "./data-forms";
import { FieldForm } from "./field-form";

const route = getRouteApi("/kerja/d/$code/sistem-data/$jenis/$recordId");

/** One record of the data system. */
export function DataEditor() {
  const { code, jenis, recordId } = route.useParams();
  const search = route.useSearch();
  const common = { code, id: recordId, search, bagian: jenis };
  switch (kindOfSlug("data", jenis)?.key) {
    case "vulnerability_category":
      return (
        <RecordEditor {...common} kind={KINDS.vulnerability_category}>
          {(props) => <CategoryForm {...props} />}
        </RecordEditor>
      );
    case "data_form":
      return (
        <RecordEditor {...common} kind={KINDS.data_form}>
          {(props) => <DataFormForm {...props} />}
        </RecordEditor>
      );
    case "form_field":
      return (
        <RecordEditor {...common} kind={KINDS.form_field}>
          {(props) => <FieldForm {...props} />}
        </RecordEditor>
      );
    case "data_source":
      return (
        <RecordEditor {...common} kind={KINDS.data_source}>
          {(props) => <SourceForm {...props} />}
        </RecordEditor>
      );
    case "indicator":
      return (
        <RecordEditor {...common} kind={KINDS.indicator}>
          {(props) => <IndicatorForm {...props} />}
        </RecordEditor>
      );
    case "report_plan":
      return (
        <RecordEditor {...common} kind={KINDS.report_plan}>
          {(props) => <ReportForm {...props} />}
        </RecordEditor>
      );
    case "retention_rule":
      return (
        <RecordEditor {...common} kind={KINDS.retention_rule}>
          {(props) => <RetentionForm {...props} />}
        </RecordEditor>
      );
    case "data_agreement":
      return (
        <RecordEditor {...common} kind={KINDS.data_agreement}>
          {(props) => <AgreementForm {...props} />}
        </RecordEditor>
      );
    case "data_protection":
      return (
        <RecordEditor {...common} kind={KINDS.data_protection}>
          {(props) => <ProtectionForm {...props} />}
        </RecordEditor>
      );
    default:
      return <UnknownRecord />;
  }
}
