import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { KINDS, kindOfSlug } from "@/api/setup/kinds";
import { Example } from "@/ui/record/example";
import { RecordEditor } from "@/ui/record/record-editor";
import { UnknownRecord } from "@/ui/record/unknown-record";
import { InstrumentForm } from "./instrument-form";

const route = getRouteApi("/kerja/d/$code/regulasi/$jenis/$recordId");

/** One legal instrument. */
export function RegulationEditor() {
  const { t } = useTranslation("regulation");
  const { code, jenis, recordId } = route.useParams();
  const search = route.useSearch();
  if (kindOfSlug("regulation", jenis)?.key !== "legal_instrument") return <UnknownRecord />;
  return (
    <RecordEditor
      kind={KINDS.legal_instrument}
      code={code}
      id={recordId}
      search={search}
      example={search.baru ? <Example>{t("example")}</Example> : null}
    >
      {(props) => <InstrumentForm {...props} />}
    </RecordEditor>
  );
}
