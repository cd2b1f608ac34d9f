import { ActionIcon, Menu, Text } from "@mantine/core";
import { IconLogout, IconShieldLock, IconUserCircle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { endSession, forgetPerson } from "@/api/sign-in";
import type { Me } from "@/api/types";
import { Dialog } from "@/ui/dialog";
import { ProblemAlert } from "@/ui/problem-alert";

/** Who is signed in, their account, and the way out. */
export function AccountMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const navigate = useNavigate();

  const signOut = useMutation({
    mutationFn: endSession,
    onSuccess: async () => {
      // Away from the private page first, so that its guard does not ask to sign in again.
      await navigate({ to: "/" });
      forgetPerson();
    },
  });

  return (
    <>
      <Dialog
        opened={signOut.isError}
        onClose={() => signOut.reset()}
        title={t("shell.still_signed_in")}
      >
        <ProblemAlert error={signOut.error} onRetry={() => signOut.mutate()} />
      </Dialog>
      <Menu
        position="bottom-end"
        width={280}
        withinPortal={false}
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <ActionIcon aria-label={t("shell.account_menu", { name: me.name })}>
            <IconUserCircle size={26} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconShieldLock size={20} aria-hidden />}
            onClick={() => navigate({ to: "/akun" })}
          >
            <Text fw={600}>{me.name}</Text>
            <Text size="sm" c="dimmed">
              {me.email}
            </Text>
            <Text>{t("shell.account")}</Text>
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLogout size={20} aria-hidden />}
            onClick={() => signOut.mutate()}
          >
            {t("action.sign_out")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
