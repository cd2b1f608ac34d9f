import { Alert, Text } from "@mantine/core";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { evidenceQuery, readinessQuery } from "@/api/readiness";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { AnchorLink, BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { DecisionPanel } from "./decision-panel";
import { DecisionList } from "./decisions";
import { DocumentView } from "./document-view";
import { EnteredView } from "./entered-view";
import { EntryGone } from "./entry-gone";
import { AboutEvidence, AboutItem } from "./item-facts";
import { neighbours } from "./neighbours";
import {
  decisionsQuery,
  districtQueueQuery,
  QUEUE_KEY,
  type QueueEntry,
  queueQuery,
} from "./queue";
import classes from "./review-queue.module.css";

const route = getRouteApi("/kerja/pusat/antrean/$wilayah/$entri");

/** One entry of the queue: the document beside what it is judged by, and the decision. */
export function EntryPage() {
  const { t } = useTranslation(["review_queue", "common"]);
  const { wilayah: code, entri: id } = route.useParams();
  const filters = route.useSearch();
  const [notice, setNotice] = useState<string | null>(null);
  const queue = useInfiniteQuery(queueQuery(filters));
  const ofDistrict = useQuery(districtQueueQuery(code));
  const listed = queue.data?.pages.flatMap((page) => page.items) ?? [];
  const entry = ofDistrict.data?.find((found) => found.id === id);
  // A look for news that failed must not take away what the reviewer is writing.
  if (ofDistrict.error && !ofDistrict.data) throw ofDistrict.error;
  if (ofDistrict.isPending || queue.isPending) return <PageSkeleton />;
  const around = neighbours(listed, { code, id });
  return (
    <>
      <BackLink to="/pusat/antrean" search={filters}>
        {t("entry.back")}
      </BackLink>
      <div role="status">
        {notice ? (
          <Alert color="laut" variant="light" my="sm">
            {notice}
          </Alert>
        ) : null}
      </div>
      {entry ? (
        // A key: nothing that was typed or opened for one entry goes over to the next.
        <Entry key={`${code}/${id}`} entry={entry} around={around} onNotice={setNotice} />
      ) : (
        <EntryGone code={code} id={id} next={around.next} />
      )}
    </>
  );
}

interface Props {
  entry: QueueEntry;
  around: ReturnType<typeof neighbours>;
  onNotice: (text: string) => void;
}

function Entry({ entry, around, onNotice }: Props) {
  const { t } = useTranslation("review_queue");
  const code = entry.district_code;
  const client = useQueryClient();
  const [isStale, setStale] = useState(false);
  const report = useQuery(readinessQuery(code));
  const evidence = useQuery({
    ...evidenceQuery(code, entry.item_code),
    enabled: entry.subject === "evidence",
  });
  const decisions = useQuery(decisionsQuery(code, entry.item_code));
  const items = report.data?.components.flatMap((component) => component.items);
  const item = items?.find((found) => found.code === entry.item_code);
  const document = evidence.data?.find((found) => found.id === entry.id);
  const refresh = () => {
    void client.invalidateQueries({ queryKey: [QUEUE_KEY] });
    void client.invalidateQueries({ queryKey: ["readiness", code] });
  };
  const age =
    entry.waiting_days === 0
      ? t("entry.today")
      : t("entry.waiting", {
          count: entry.waiting_days,
          day: formatDate(entry.waiting_since, currentLanguage()),
        });
  return (
    <Page
      width="wide"
      title={`${entry.item_code} ${entry.item_title}`}
      lead={
        <>
          <AnchorLink to="/pusat/kabupaten/$wilayah" params={{ wilayah: code }}>
            {entry.district_name}
          </AnchorLink>
          , {entry.province_name}. {age}
        </>
      }
    >
      <ProblemAlert
        error={report.error ?? evidence.error}
        onRetry={() => {
          void report.refetch();
          void evidence.refetch();
        }}
      />
      {isStale ? (
        <Alert role="alert" color="kunyit" variant="light" title={t("stale.title")}>
          {t("stale.body")}
        </Alert>
      ) : null}
      <div className={classes.beside}>
        {entry.subject === "evidence" ? (
          <Section title={t("entry.document")}>
            {entry.file_id ? (
              <DocumentView key={entry.file_id} code={code} fileId={entry.file_id} />
            ) : (
              <Text>{t("entry.no_file")}</Text>
            )}
          </Section>
        ) : (
          <EnteredView entry={entry} item={item} />
        )}
        <div className={classes.side}>
          <DecisionPanel
            entry={entry}
            evidence={document}
            item={item}
            around={around}
            onDecided={(text) => {
              onNotice(text);
              refresh();
            }}
            onStale={() => {
              setStale(true);
              refresh();
            }}
          />
          {document ? <AboutEvidence entry={entry} evidence={document} /> : null}
          {item ? <AboutItem item={item} /> : null}
          <DecisionList
            decisions={decisions.data ?? []}
            error={decisions.error}
            onRetry={() => decisions.refetch()}
          />
        </div>
      </div>
    </Page>
  );
}
