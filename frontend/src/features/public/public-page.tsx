import { Anchor, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconPhone } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { query } from "@/api/client";
import type { PublicDistrictPage } from "@/api/readiness";
import { formatDate, formatPhone } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Empty } from "@/ui/empty";
import { Facts } from "@/ui/facts";
import { AnchorLink, BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { liveDistrictsQuery, namedLike } from "./live-districts";

const route = getRouteApi("/publik/layanan/$code");

/** What a family needs to know of a live centre: where, when, whom to call, what for. */
export function PublicPage() {
  const { t } = useTranslation("public_page");
  const { code } = route.useParams();
  const answer = query.useQuery("get", "/api/v1/public/districts/{code}", {
    params: { path: { code } },
  });
  if (answer.error) throw answer.error;
  if (!answer.data) return <PageSkeleton />;
  const page = answer.data;
  const { unit_name, name, office_name, province_name, live_at } = page;
  return (
    <Page
      title={t("title", { unit: unit_name, district: name })}
      lead={t("run_by", { office: office_name, district: name, province: province_name })}
    >
      <BackLink to="/layanan" className="sp-screen-only">
        {t("back")}
      </BackLink>
      <Contact page={page} />
      <Section title={t("services")}>
        {page.services.length === 0 ? (
          <Empty title={t("services_none_title")}>{t("services_none")}</Empty>
        ) : (
          <Stack gap="xl">
            {page.services.map((service) => (
              <ServiceCard key={`${service.domain} ${service.name}`} service={service} />
            ))}
          </Stack>
        )}
      </Section>
      {page.people.length > 0 ? (
        <Section title={t("people")}>
          <Facts
            items={page.people.map((person) => ({ label: person.position, value: person.name }))}
          />
        </Section>
      ) : null}
      {live_at ? (
        <Text c="dimmed">{t("since", { day: formatDate(live_at, currentLanguage()) })}</Text>
      ) : null}
    </Page>
  );
}

function Contact({ page }: { page: PublicDistrictPage }) {
  const { t } = useTranslation("public_page");
  const { hotline, email, address, opening_hours } = page;
  const facts = [
    { label: t("hotline"), value: hotline ? formatPhone(hotline) : "" },
    { label: t("email"), value: email ? <AnchorMail email={email} /> : "" },
    { label: t("address"), value: address },
    { label: t("hours"), value: opening_hours },
  ].filter(({ value }) => value);
  return (
    <Section title={t("contact")}>
      {hotline ? (
        <Group mb="sm" className="sp-screen-only">
          <Button
            component="a"
            href={`tel:${hotline.replace(/[^\d+]/g, "")}`}
            size="lg"
            leftSection={<IconPhone size={22} aria-hidden />}
          >
            {t("call", { number: formatPhone(hotline) })}
          </Button>
        </Group>
      ) : null}
      <Facts items={facts} />
    </Section>
  );
}

function AnchorMail({ email }: { email: string }) {
  return <Anchor href={`mailto:${email}`}>{email}</Anchor>;
}

function ServiceCard({ service }: { service: PublicDistrictPage["services"][number] }) {
  const { t } = useTranslation("public_page");
  const { min_age, max_age, working_days, requirements } = service;
  const ages =
    min_age === null && max_age === null
      ? ""
      : t("ages", { from: min_age ?? 0, to: max_age ?? 17 });
  const who = [ages, ...service.categories, service.eligibility].filter(Boolean).join(", ");
  const time =
    working_days === null || working_days === undefined
      ? ""
      : working_days === 0
        ? t("same_day")
        : t("days", { count: working_days });
  const facts = [
    { label: t("who"), value: who || t("every_child") },
    {
      label: t("bring"),
      value: requirements.length > 0 ? requirements.join(", ") : t("bring_none"),
    },
    { label: t("time"), value: time },
    { label: t("cost"), value: service.cost },
    { label: t("place"), value: service.place },
    { label: t("hours"), value: service.hours },
  ].filter(({ value }) => value);
  return (
    <article>
      <Text c="dimmed">{service.domain_name}</Text>
      <Title order={3}>{service.name}</Title>
      {service.description ? <Text>{service.description}</Text> : null}
      {service.providers.length > 0 ? (
        <Text>{t("from", { providers: service.providers.join(", ") })}</Text>
      ) : null}
      <Facts items={facts} />
    </article>
  );
}

const listRoute = getRouteApi("/publik/layanan");

/** The live centres, to find one's own. */
export function PublicListPage() {
  const { t } = useTranslation("public_page");
  const { cari } = listRoute.useSearch();
  const answer = useQuery(liveDistrictsQuery);
  if (answer.error) throw answer.error;
  if (!answer.data) return <PageSkeleton />;
  const rows = namedLike(answer.data, cari ?? "");
  return (
    <Page title={t("list_title")} lead={t("list_lead")}>
      <SearchBox />
      {answer.data.length === 0 ? (
        <Empty title={t("list_empty_title")}>{t("list_empty")}</Empty>
      ) : rows.length === 0 ? (
        <Text role="status">{t("list_none")}</Text>
      ) : (
        <Section>
          <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
            {rows.map((row) => (
              <li key={row.id}>
                <AnchorLink to="/layanan/$code" params={{ code: row.code }} fw={600}>
                  {row.name}
                </AnchorLink>
                <Text c="dimmed">
                  {row.unit_name}, {row.province_name}
                </Text>
              </li>
            ))}
          </Stack>
        </Section>
      )}
    </Page>
  );
}

function SearchBox() {
  const { t } = useTranslation("public_page");
  const navigate = listRoute.useNavigate();
  const { cari } = listRoute.useSearch();
  return (
    <TextInput
      type="search"
      label={t("list_search")}
      defaultValue={cari ?? ""}
      onChange={(event) => {
        const text = event.currentTarget.value;
        void navigate({ search: text ? { cari: text } : {}, replace: true });
      }}
    />
  );
}
