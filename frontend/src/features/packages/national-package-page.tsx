import { Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { useIntentKey } from "@/api/intent-key";
import { may, oversightMembership, useMe } from "@/api/me";
import { cataloguePackagesQuery, type ModelPackage } from "@/api/packages";
import { PERMISSION } from "@/api/permissions";
import { ProblemError } from "@/api/problem";
import type { ComponentKind } from "@/lib/components";
import { Dialog } from "@/ui/dialog";
import { ProblemAlert } from "@/ui/problem-alert";
import { ComponentChoice } from "./component-choice";
import { Withdraw } from "./own-packages-page";
import { PackageView } from "./package-page";
import { componentsOf } from "./words";

const route = getRouteApi("/kerja/pusat/paket/$paket");

/** A package as ministry and province see it; the ministry may make it national, or withdraw. */
export function NationalPackagePage() {
  const { paket } = route.useParams();
  return <PackageView key={paket} place={null} id={paket} action={(one) => <Acts one={one} />} />;
}

function Acts({ one }: { one: ModelPackage }) {
  const { t } = useTranslation("packages");
  const membership = oversightMembership(useMe());
  const [shows, setShows] = useState<"publish" | "withdraw" | null>(null);
  if (membership?.scope !== "nation" || !may(membership, PERMISSION.packagesManage)) return null;
  const isOurs = one.author.scope === "nation" || one.is_imported;
  const close = () => setShows(null);
  return (
    <Group>
      {one.author.scope === "nation" ? null : (
        <Button onClick={() => setShows("publish")}>{t("national.open")}</Button>
      )}
      {isOurs ? (
        <Button variant="default" onClick={() => setShows("withdraw")}>
          {t("own.withdraw")}
        </Button>
      ) : null}
      {shows === "publish" ? <PublishNational source={one} onClose={close} /> : null}
      {shows === "withdraw" ? <Withdraw code={null} one={one} onClose={close} /> : null}
    </Group>
  );
}

/** A package of the ministry's own, taken from a district's: whole or some components. */
function PublishNational({ source, onClose }: { source: ModelPackage; onClose: () => void }) {
  const { t } = useTranslation("packages");
  const client = useQueryClient();
  const navigate = useNavigate();
  const offered = componentsOf(source.counts);
  const catalogue = useQuery(cataloguePackagesQuery);
  const [name, setName] = useState(t("national.name_proposal"));
  const [note, setNote] = useState("");
  const [components, setComponents] = useState<ComponentKind[]>(offered);
  // The next version of the ministry's package with this name, where there is one.
  const last = catalogue.data?.find(
    (one) =>
      one.author.scope === "nation" &&
      !one.is_imported &&
      one.name.trim().toLowerCase() === name.trim().toLowerCase(),
  );
  const body = {
    source: source.id,
    package_id: last?.package_id ?? null,
    name,
    components,
    note: { id: note, en: "" },
  };
  const key = useIntentKey(body);
  const publish = useMutation({
    mutationFn: async () => {
      const { data } = await api.POST("/api/v1/oversight/packages", {
        headers: { "Idempotency-Key": key },
        body,
      });
      if (!data) throw new Error("a package has a body");
      return data;
    },
    onSuccess: async (one) => {
      await client.invalidateQueries({ queryKey: ["packages"] });
      onClose();
      await navigate({
        to: "/pusat/paket/$paket",
        params: { paket: one.id },
        ignoreBlocker: true,
      });
    },
  });
  const errors = publish.error instanceof ProblemError ? publish.error.fieldErrors() : {};
  return (
    <Dialog opened onClose={onClose} title={t("national.title")} size="lg">
      <Stack>
        <Text>{t("national.body", { author: source.author.name })}</Text>
        <TextInput
          label={t("publish.name")}
          description={
            last ? t("national.next", { version: last.package_version + 1 }) : t("national.first")
          }
          value={name}
          error={errors.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ComponentChoice
          label={t("publish.components")}
          offered={offered}
          counts={source.counts}
          chosen={components}
          onChoose={setComponents}
          error={components.length === 0 ? t("adopt.choose_one") : undefined}
        />
        <Textarea
          label={t("publish.note")}
          autosize
          minRows={2}
          value={note}
          error={errors["note.id"]}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <ProblemAlert error={publish.error} />
        <Group justify="flex-end">
          <Button
            disabled={components.length === 0}
            loading={publish.isPending}
            onClick={() => publish.mutate()}
          >
            {t("publish.act")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
