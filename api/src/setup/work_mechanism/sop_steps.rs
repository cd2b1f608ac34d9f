//! The steps of an SOP as a flow chart, and what can be wrong with it. Plain functions over plain rows.
//!
//! A start or process without a `next` goes on to the row below it, as in the printed table. A decision names both its
//! exits; an end has none.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sop_clock::SpanUnit;
use crate::setup::{
    codes::{CaseStage, codes},
    form::{Form, rows},
};

codes! {
    /// The symbol of a step in the flow chart.
    SopStepKind {
        /// Terminator at the beginning.
        Start "start",
        /// Something is done.
        Process "process",
        /// A question answered with yes or no.
        Decision "decision",
        /// Terminator at the end.
        End "end",
    }
}

/// A row of the flow table (Permenpan-RB 35/2012): activity, actor, quality standard (inputs, time, output), note.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SopStep {
    /// Stable id of the row; made by the server when empty.
    pub id: String,
    /// What is done; for a decision, the question.
    pub activity: String,
    /// Who does it: a column of the flow table.
    pub actor: String,
    /// The symbol.
    pub kind: Option<SopStepKind>,
    /// What is needed to do it.
    pub inputs: String,
    /// How long it takes.
    pub duration: Option<u32>,
    /// The unit of the duration.
    pub duration_unit: Option<SpanUnit>,
    /// What comes out.
    pub output: String,
    /// The step after it; empty for the row below. Not for decisions and ends.
    pub next: String,
    /// For a decision: the step after a yes.
    pub yes: String,
    /// For a decision: the step after a no.
    pub no: String,
    /// Remarks.
    pub note: String,
    /// The stage of a case that it belongs to.
    pub stage: Option<CaseStage>,
}

rows!(SopStep);

impl SopStep {
    /// Tidies the fields.
    pub fn check(&mut self, form: &mut Form<'_>) {
        form.paragraph("activity", &mut self.activity, 1_000);
        form.line("actor", &mut self.actor, 160);
        form.paragraph("inputs", &mut self.inputs, 1_000);
        form.number("duration", self.duration, 0..=10_000);
        form.paragraph("output", &mut self.output, 1_000);
        form.line("next", &mut self.next, 40);
        form.line("yes", &mut self.yes, 40);
        form.line("no", &mut self.no, 40);
        form.paragraph("note", &mut self.note, 1_000);
    }
}

/// Something wrong with a flow chart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// No step is the start.
    NoStart,
    /// The step at this index is a second start.
    SecondStart(usize),
    /// No step is an end.
    NoEnd,
    /// The step has no symbol.
    NoKind(usize),
    /// The exit in this field of the step leads to a step that is not there.
    Dangling(usize, &'static str),
    /// The exit in this field of the decision is not set.
    NoExit(usize, &'static str),
    /// Yes and no lead to the same step.
    NoChoice(usize),
    /// Nothing leads to the step.
    Unreachable(usize),
    /// From the step no end can be reached.
    Endless(usize),
}

impl Fault {
    /// Where it is and what to do, in Indonesian and English.
    #[must_use]
    pub fn instruction(&self) -> (String, &'static str, &'static str) {
        let at = |index: &usize, field: &str| format!("steps.{index}.{field}");
        match self {
            Self::NoStart => (
                "steps".to_owned(),
                "Tandai satu langkah sebagai mulai.",
                "Mark one step as the start.",
            ),
            Self::SecondStart(index) => (
                at(index, "kind"),
                "Hanya boleh ada satu langkah mulai.",
                "There can be only one start.",
            ),
            Self::NoEnd => (
                "steps".to_owned(),
                "Tandai sedikitnya satu langkah sebagai selesai.",
                "Mark at least one step as an end.",
            ),
            Self::NoKind(index) => (
                at(index, "kind"),
                "Pilih simbol langkah ini.",
                "Choose the symbol of this step.",
            ),
            Self::Dangling(index, field) => (
                at(index, field),
                "Langkah tujuan tidak ada lagi. Pilih yang lain.",
                "The step it leads to is gone. Choose another.",
            ),
            Self::NoExit(index, field) => (
                at(index, field),
                "Tentukan langkah sesudah jawaban ini.",
                "Say which step follows this answer.",
            ),
            Self::NoChoice(index) => (
                at(index, "no"),
                "Ya dan tidak menuju langkah yang sama.",
                "Yes and no lead to the same step.",
            ),
            Self::Unreachable(index) => (
                at(index, "id"),
                "Tidak ada jalan menuju langkah ini.",
                "Nothing leads to this step.",
            ),
            Self::Endless(index) => (
                at(index, "id"),
                "Dari langkah ini alur tidak pernah selesai.",
                "From this step the flow never ends.",
            ),
        }
    }
}

/// Everything wrong with the flow chart, in the order of the steps; an empty one has no start and no end.
#[must_use]
pub fn faults(steps: &[SopStep]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let of_kind = |kind: SopStepKind| {
        let found = steps
            .iter()
            .enumerate()
            .filter(move |(_, step)| step.kind == Some(kind));
        found.map(|(index, _)| index).collect::<Vec<_>>()
    };
    let starts = of_kind(SopStepKind::Start);
    let ends = of_kind(SopStepKind::End);
    if starts.is_empty() {
        faults.push(Fault::NoStart);
    }
    faults.extend(starts.iter().skip(1).map(|index| Fault::SecondStart(*index)));
    if ends.is_empty() {
        faults.push(Fault::NoEnd);
    }
    let places: BTreeMap<&str, usize> = steps
        .iter()
        .zip(0..)
        .map(|(step, index)| (step.id.as_str(), index))
        .collect();
    let mut exits = vec![Vec::new(); steps.len()];
    for (index, step) in steps.iter().enumerate() {
        check_exits(index, step, &mut faults);
        for (field, target) in named_exits(step) {
            match places.get(target) {
                Some(place) => exits[index].push(*place),
                None => faults.push(Fault::Dangling(index, field)),
            }
        }
        if falls_through(step) && index + 1 < steps.len() {
            exits[index].push(index + 1);
        }
    }
    if let Some(start) = starts.first() {
        let reached = reachable(&exits, &[*start]);
        let lost = (0..steps.len()).filter(|index| !reached.contains(index));
        faults.extend(lost.map(Fault::Unreachable));
    }
    if !ends.is_empty() {
        let finishing = reachable(&reversed(&exits), &ends);
        let endless = (0..steps.len()).filter(|index| !finishing.contains(index));
        faults.extend(endless.map(Fault::Endless));
    }
    faults
}

fn check_exits(index: usize, step: &SopStep, faults: &mut Vec<Fault>) {
    match step.kind {
        None => faults.push(Fault::NoKind(index)),
        Some(SopStepKind::Decision) => {
            for (field, target) in [("yes", &step.yes), ("no", &step.no)] {
                if target.is_empty() {
                    faults.push(Fault::NoExit(index, field));
                }
            }
            if !step.yes.is_empty() && step.yes == step.no {
                faults.push(Fault::NoChoice(index));
            }
        }
        Some(SopStepKind::Start | SopStepKind::Process | SopStepKind::End) => {}
    }
}

/// The exits that a step names, by field. What its kind does not have is not looked at.
fn named_exits(step: &SopStep) -> impl Iterator<Item = (&'static str, &str)> {
    let fields = match step.kind {
        Some(SopStepKind::Decision) => [("yes", step.yes.as_str()), ("no", step.no.as_str())],
        Some(SopStepKind::Start | SopStepKind::Process) => [("next", step.next.as_str()), ("", "")],
        Some(SopStepKind::End) | None => [("", ""), ("", "")],
    };
    fields.into_iter().filter(|(_, target)| !target.is_empty())
}

fn falls_through(step: &SopStep) -> bool {
    matches!(step.kind, Some(SopStepKind::Start | SopStepKind::Process)) && step.next.is_empty()
}

fn reachable(exits: &[Vec<usize>], from: &[usize]) -> BTreeSet<usize> {
    let mut reached: BTreeSet<usize> = from.iter().copied().collect();
    let mut open = from.to_vec();
    while let Some(index) = open.pop() {
        for next in &exits[index] {
            if reached.insert(*next) {
                open.push(*next);
            }
        }
    }
    reached
}

fn reversed(exits: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut entries = vec![Vec::new(); exits.len()];
    for (from, targets) in exits.iter().enumerate() {
        for target in targets {
            entries[*target].push(from);
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step(id: usize, kind: SopStepKind) -> SopStep {
        SopStep {
            id: id.to_string(),
            kind: Some(kind),
            ..SopStep::default()
        }
    }

    /// Start, `middle`, end; a decision goes on when yes and, when no, to any step after the start.
    fn chart(middle: &[Option<usize>]) -> Vec<SopStep> {
        let last = middle.len() + 1;
        let mut steps = vec![step(0, SopStepKind::Start)];
        for (place, back) in middle.iter().enumerate() {
            let id = place + 1;
            steps.push(match back {
                None => step(id, SopStepKind::Process),
                Some(back) => {
                    let yes = id + 1;
                    let no = 1 + back % last;
                    SopStep {
                        yes: yes.to_string(),
                        no: if no == yes { id } else { no }.to_string(),
                        ..step(id, SopStepKind::Decision)
                    }
                }
            });
        }
        steps.push(step(last, SopStepKind::End));
        steps
    }

    fn charts() -> impl Strategy<Value = Vec<SopStep>> {
        prop::collection::vec(prop::option::of(0_usize..50), 0..40).prop_map(|middle| chart(&middle))
    }

    proptest! {
        #[test]
        fn a_chart_that_goes_on_and_ends_is_sound(steps in charts()) {
            prop_assert_eq!(faults(&steps), vec![]);
        }

        #[test]
        fn the_order_of_rows_does_not_matter_when_exits_are_named(steps in charts(), seed in any::<u64>()) {
            let mut steps = steps;
            for index in 0..steps.len().saturating_sub(1) {
                if falls_through(&steps[index]) {
                    steps[index].next = steps[index + 1].id.clone();
                }
            }
            let mut order: Vec<usize> = (0..steps.len()).collect();
            order.sort_by_key(|index| seed.wrapping_mul(*index as u64 + 1).rotate_left(17));
            let shuffled: Vec<SopStep> = order.iter().map(|index| steps[*index].clone()).collect();
            prop_assert_eq!(faults(&shuffled), vec![]);
        }

        #[test]
        fn an_exit_to_nowhere_is_found(steps in charts()) {
            let mut steps = steps;
            steps[0].next = "nowhere".to_owned();
            prop_assert!(faults(&steps).contains(&Fault::Dangling(0, "next")));
        }

        #[test]
        fn a_step_nothing_leads_to_is_found(steps in charts()) {
            let mut steps = steps;
            let lost = steps.len();
            steps.push(SopStep { next: "0".to_owned(), ..step(lost, SopStepKind::Process) });
            prop_assert_eq!(faults(&steps), vec![Fault::Unreachable(lost)]);
        }

        #[test]
        fn a_second_start_is_found(steps in charts()) {
            let mut steps = steps;
            let second = steps.len();
            steps.insert(0, SopStep { next: "0".to_owned(), ..step(second, SopStepKind::Start) });
            prop_assert!(faults(&steps).contains(&Fault::SecondStart(1)));
        }

        #[test]
        fn a_loop_without_end_is_found(steps in charts()) {
            let mut steps = steps;
            let last = steps.len() - 1;
            steps[last] = SopStep { next: "0".to_owned(), ..step(last, SopStepKind::Process) };
            prop_assert!(faults(&steps).contains(&Fault::NoEnd));
            let end = steps.len();
            steps.push(step(end, SopStepKind::End));
            let found = faults(&steps);
            prop_assert!(found.contains(&Fault::Unreachable(end)) && found.contains(&Fault::Endless(0)));
        }

        #[test]
        fn any_rows_get_an_answer(
            rows in prop::collection::vec((0..5_usize, "[0-9]{0,2}", "[0-9]{0,2}", "[0-9]{0,2}"), 0..30)
        ) {
            let steps: Vec<SopStep> = rows.into_iter().enumerate().map(|(id, (kind, next, yes, no))| SopStep {
                kind: SopStepKind::ALL.get(kind).copied(), next, yes, no, id: id.to_string(), ..SopStep::default()
            }).collect();
            for fault in faults(&steps) {
                prop_assert!(fault.instruction().0.starts_with("steps"));
            }
        }
    }

    #[test]
    fn decisions_need_two_different_exits() {
        let mut steps = chart(&[Some(0)]);
        steps[1].no = String::new();
        assert_eq!(faults(&steps), [Fault::NoExit(1, "no")]);
        steps[1].no = steps[1].yes.clone();
        assert_eq!(faults(&steps), [Fault::NoChoice(1)]);
        assert_eq!(faults(&[]), [Fault::NoStart, Fault::NoEnd]);
    }
}
