//! Client satisfaction surveys.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    error::Text,
    readiness::ComponentKind,
    setup::{
        codes::{Frequency, codes},
        form::{Form, rows},
        kind::{MissingList, SetupKind},
    },
};

codes! {
    /// How a question is answered.
    QuestionType {
        /// A number of points, 1 to 5.
        Scale "scale",
        /// Yes or no.
        YesNo "yes_no",
        /// One of the choices.
        Choice "choice",
        /// In the client's words.
        Text "text",
    }
}

/// A survey among clients.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SatisfactionSurvey {
    /// Its name.
    pub name: String,
    /// How often it is held.
    pub period: Option<Frequency>,
    /// Who is asked: children, caregivers, reporters.
    pub respondents: String,
    /// What is asked.
    pub questions: Vec<SurveyQuestion>,
    /// What is done with the answers.
    pub follow_up: String,
    /// Anything else.
    pub notes: String,
}

/// A question of a survey.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SurveyQuestion {
    /// Stable id of the row; made by the server when empty.
    pub id: String,
    /// The question.
    pub text: String,
    /// How it is answered.
    #[serde(rename = "type")]
    pub kind: Option<QuestionType>,
    /// The choices, for a choice.
    pub choices: Vec<String>,
    /// It must be answered.
    pub required: bool,
}

rows!(SurveyQuestion);

impl SetupKind for SatisfactionSurvey {
    const KEY: &'static str = "satisfaction_survey";
    const COMPONENT: ComponentKind = ComponentKind::WorkMechanism;
    const PLURAL: &'static str = "satisfaction_surveys";
    const NAME: (&'static str, &'static str) = ("survei kepuasan klien", "client satisfaction survey");

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&mut self, form: &mut Form<'_>) {
        form.line("name", &mut self.name, 200);
        form.paragraph("respondents", &mut self.respondents, 500);
        form.paragraph("follow_up", &mut self.follow_up, 2_000);
        form.paragraph("notes", &mut self.notes, 5_000);
        form.rows("questions", &mut self.questions, 60, |question, form| {
            form.line("text", &mut question.text, 500);
            form.lines("choices", &mut question.choices, 20, 200);
            form.ensure(
                question.choices.is_empty() || question.kind.is_none_or(|kind| kind == QuestionType::Choice),
                "choices",
                "not_a_choice",
                Text::fixed(
                    "Hanya pertanyaan pilihan yang memiliki pilihan.",
                    "Only a choice has choices.",
                ),
            );
        });
    }

    fn missing(&self, list: &mut MissingList) {
        list.text(
            "name",
            &self.name,
            "Tulis nama survei.",
            "Write the name of the survey.",
        );
        list.when(
            self.period.is_none(),
            "period",
            "Pilih seberapa sering survei diadakan.",
            "Choose how often it is held.",
        );
        list.when(
            self.questions.is_empty(),
            "questions",
            "Tambahkan pertanyaan.",
            "Add questions.",
        );
        for (index, question) in self.questions.iter().enumerate() {
            list.when(
                question.text.is_empty(),
                format!("questions.{index}.text"),
                "Tulis pertanyaannya.",
                "Write the question.",
            );
            list.when(
                question.kind.is_none(),
                format!("questions.{index}.type"),
                "Pilih cara menjawab.",
                "Choose how it is answered.",
            );
            list.when(
                question.kind == Some(QuestionType::Choice) && question.choices.len() < 2,
                format!("questions.{index}.choices"),
                "Beri sedikitnya dua pilihan.",
                "Give at least two choices.",
            );
        }
    }

    fn published(&self) -> Option<Self> {
        Some(Self {
            name: self.name.clone(),
            period: self.period,
            respondents: self.respondents.clone(),
            questions: self.questions.clone(),
            follow_up: self.follow_up.clone(),
            ..Self::default()
        })
    }

    fn example() -> Self {
        Self {
            name: "Survei kepuasan klien".to_owned(),
            period: Some(Frequency::Semiannual),
            respondents: "Pengasuh dan anak".to_owned(),
            questions: vec![SurveyQuestion {
                id: "ramah".to_owned(),
                text: "Apakah petugas mendengarkan Anda?".to_owned(),
                kind: Some(QuestionType::Scale),
                required: true,
                ..SurveyQuestion::default()
            }],
            follow_up: "Dibahas dalam rapat koordinasi berikutnya.".to_owned(),
            ..Self::default()
        }
    }
}
