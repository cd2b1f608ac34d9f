import { AppShell, Burger, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Me, Membership } from "@/api/types";
import { AccountMenu } from "./account-menu";
import { Bell } from "./bell";
import { BottomBar } from "./bottom-bar";
import { BrandLink } from "./brand-link";
import { LanguageSwitch } from "./language-switch";
import { Letterhead } from "./letterhead";
import { NavItemLink } from "./nav-item-link";
import type { NavGroup } from "./navigation";
import { OfflineBanner } from "./offline-banner";
import classes from "./shell.module.css";
import { MAIN_ID, SkipLink } from "./skip-link";
import { WorkspaceSwitcher } from "./workspace-switcher";

interface Props {
  me: Me;
  current: Membership | undefined;
  groups: NavGroup[];
  /** Path now shown: the menu of phones closes when it changes. */
  path: string;
  children: ReactNode;
}

/** Frame of every page behind sign-in: top bar, left navigation, bottom bar on phones. */
export function WorkspaceFrame({ me, current, groups, path, children }: Props) {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  const shown = groups.filter((group) => group.items.length > 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what closes the menu
  useEffect(close, [path, close]);

  return (
    <AppShell
      header={{ height: 64 }}
      navbar={{ width: 264, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding={{ base: "md", sm: "xl" }}
    >
      <SkipLink />
      <AppShell.Header className={classes.header}>
        <Group h="100%" px={{ base: "xs", sm: "md" }} gap="xs" wrap="nowrap">
          <Burger
            opened={opened}
            onClick={toggle}
            hiddenFrom="sm"
            size="md"
            aria-label={t("shell.menu")}
            aria-expanded={opened}
          />
          <div className={classes.brandSlot}>
            <BrandLink to="/ruang" />
          </div>
          <WorkspaceSwitcher memberships={me.memberships} current={current} />
          <Group gap={4} ml="auto" wrap="nowrap">
            <LanguageSwitch />
            <Bell />
            <AccountMenu me={me} />
          </Group>
        </Group>
      </AppShell.Header>

      <AppShell.Navbar
        p="sm"
        className={classes.navbar}
        mod={{ opened }}
        aria-label={t("shell.navigation")}
      >
        {shown.map((group) => (
          <div key={group.key} className={classes.navGroup}>
            {group.label ? (
              <Text className={classes.navLabel} id={`nav-${group.key}`}>
                {group.label}
              </Text>
            ) : null}
            {group.items.map((item) => (
              <NavItemLink
                key={item.key}
                {...item.link}
                activeOptions={{ exact: item.exact ?? false, includeSearch: false }}
                activeProps={{ active: true }}
                label={item.label}
                leftSection={item.icon}
              />
            ))}
          </div>
        ))}
      </AppShell.Navbar>

      <AppShell.Main id={MAIN_ID} tabIndex={-1} className={classes.main}>
        <OfflineBanner />
        {current ? <Letterhead membership={current} /> : null}
        {children}
      </AppShell.Main>
      <BottomBar items={shown.flatMap((g) => g.items).filter((item) => item.onPhone)} />
    </AppShell>
  );
}
