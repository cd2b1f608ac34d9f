import { Button, Menu, Text } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Membership } from "@/api/types";
import { workspaceLink } from "@/ui/workspace-link";
import classes from "./shell.module.css";

interface Props {
  memberships: Membership[];
  current: Membership | undefined;
}

/** Name of the workspace at hand; a menu for people who belong to several. */
export function WorkspaceSwitcher({ memberships, current }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = current ? (current.unit_name ?? current.area_name) : t("shell.switch");
  if (memberships.length < 2) {
    return (
      <Text fw={600} truncate className={classes.workspace}>
        {current ? name : ""}
      </Text>
    );
  }
  return (
    <Menu
      position="bottom-start"
      width={300}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button
          variant="default"
          rightSection={<IconSelector size={18} aria-hidden />}
          className={classes.workspace}
          aria-label={`${t("shell.switch")}: ${name}`}
        >
          <Text truncate inherit>
            {name}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {memberships.map((membership) => (
          <Menu.Item
            key={membership.id}
            aria-current={membership.id === current?.id}
            onClick={() => navigate(workspaceLink(membership))}
            rightSection={
              membership.id === current?.id ? <IconCheck size={18} aria-hidden /> : null
            }
          >
            <Text fw={600}>{membership.unit_name ?? membership.area_name}</Text>
            <Text size="sm" c="dimmed">
              {membership.role_name}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
