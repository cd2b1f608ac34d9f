import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { KINDS, kindOfSlug } from "@/api/setup/kinds";
import { Example } from "@/ui/record/example";
import { RecordEditor } from "@/ui/record/record-editor";
import { UnknownRecord } from "@/ui/record/unknown-record";
import { DetectionForm, ServiceForm } from "./services-forms";

const route = getRouteApi("/kerja/d/$code/rentang-layanan/$jenis/$recordId");

/** One service or one early detection group. */
export function ServicesEditor() {
  const { t } = useTranslation("services");
  const { code, jenis, recordId } = route.useParams();
  const search = route.useSearch();
  const common = { code, id: recordId, search };
  switch (kindOfSlug("services", jenis)?.key) {
    case "service":
      return (
        <RecordEditor
          {...common}
          kind={KINDS.service}
          example={search.baru ? <Example>{t("example")}</Example> : null}
        >
          {(props) => <ServiceForm {...props} />}
        </RecordEditor>
      );
    case "early_detection":
      return (
        <RecordEditor {...common} kind={KINDS.early_detection} bagian="deteksi-dini">
          {(props) => <DetectionForm {...props} />}
        </RecordEditor>
      );
    default:
      return <UnknownRecord />;
  }
}
