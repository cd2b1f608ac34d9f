import { List, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AdoptionPreview, PackageItem } from "@/api/packages";
import { AnchorLink } from "@/ui/links";
import { recordLink } from "@/ui/record/record-link";
import { ScoreBar } from "@/ui/score-bar";
import classes from "./packages.module.css";
import { componentName, componentsOf, kindOf, nameOfKind } from "./words";

/** What comes, what stays the district's own, which names change, readiness before and after. */
export function AdoptPreview({ preview, code }: { preview: AdoptionPreview; code: string }) {
  const { t } = useTranslation("packages");
  const added = preview.items.filter((item) => item.fate === "add");
  const own = preview.items.filter((item) => item.fate === "map" || item.fate === "same");
  const before = preview.items.filter((item) => item.fate === "adopted");
  const away = preview.items.filter((item) => item.fate === "put_away");
  return (
    <Stack gap="lg">
      <div className={classes.steps}>
        <ScoreBar label={t("preview.before")} claimed={preview.claimed_before} />
        <ScoreBar label={t("preview.after")} claimed={preview.claimed_after} />
      </div>
      <Text c="dimmed">{t("preview.documents")}</Text>
      <section>
        <Title order={3} mb="xs">
          {t("preview.added", { count: added.length })}
        </Title>
        {added.length === 0 ? <Text>{t("preview.added_none")}</Text> : null}
        {componentsOf(added.map(({ component, kind }) => ({ component, kind, records: 1 }))).map(
          (component) => (
            <details key={component} className={classes.record}>
              <summary>
                {t("preview.component", {
                  component: componentName(component),
                  count: added.filter((item) => item.component === component).length,
                })}
              </summary>
              <div className={classes.recordBody}>
                <Items items={added.filter((item) => item.component === component)} />
              </div>
            </details>
          ),
        )}
      </section>
      {own.length > 0 ? (
        <section>
          <Title order={3} mb="xs">
            {t("preview.own", { count: own.length })}
          </Title>
          <Text mb="xs">{t("preview.own_body")}</Text>
          <Items items={own} code={code} />
        </section>
      ) : null}
      {before.length > 0 ? <Text>{t("preview.adopted", { count: before.length })}</Text> : null}
      {away.length > 0 ? <Text>{t("preview.put_away", { count: away.length })}</Text> : null}
      {preview.replacements.length > 0 ? (
        <section>
          <Title order={3} mb="xs">
            {t("preview.names")}
          </Title>
          <List>
            {preview.replacements.map((one) => (
              <List.Item key={one.from}>
                {t("preview.name", { from: one.from, to: one.to, count: one.places })}
              </List.Item>
            ))}
          </List>
        </section>
      ) : null}
    </Stack>
  );
}

/** Records by name; the district's own are links. */
function Items({ items, code }: { items: PackageItem[]; code?: string }) {
  return (
    <ul className={classes.plain}>
      {items.map((item) => {
        const kind = kindOf(item.kind);
        return (
          <li key={item.origin_id}>
            {code && kind ? (
              <AnchorLink {...recordLink(kind, code, item.record_id)}>{item.title}</AnchorLink>
            ) : (
              item.title
            )}{" "}
            <Text span c="dimmed" inherit>
              ({nameOfKind(item.kind)})
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
