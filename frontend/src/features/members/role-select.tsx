import { Select, type SelectProps, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { rolesQuery } from "@/api/roles";

/** The roles that come with the program; what a district's own may do is in its list of permissions. */
const BUILT_IN = [
  "district_admin",
  "supervisor",
  "case_manager",
  "social_worker",
  "outreach_officer",
  "data_officer",
  "partner_agency",
  "viewer",
] as const;

/** Choice among a district's roles, by key, each with what it may do. */
export function RoleSelect({ code, ...props }: { code: string } & Omit<SelectProps, "data">) {
  const { t } = useTranslation("members");
  const roles = useQuery(rolesQuery(code));
  const mayDo = (key: string | null | undefined) => {
    const known = BUILT_IN.find((built) => built === key);
    return known ? t(`roles.may.${known}`) : null;
  };
  return (
    <Select
      disabled={roles.isPending}
      data={(roles.data ?? []).map((role) => ({ value: role.key, label: role.name }))}
      description={mayDo(props.value as string | null | undefined)}
      inputWrapperOrder={["label", "input", "description", "error"]}
      renderOption={({ option }) => (
        <div>
          <Text>{option.label}</Text>
          <Text size="sm" c="dimmed">
            {mayDo(option.value)}
          </Text>
        </div>
      )}
      {...props}
    />
  );
}
