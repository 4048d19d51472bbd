//! People: who speaks in the library, under which names, in which roles.

use bilat_core::{Office, OfficeId, Person, Speaker, SpeakerId};
use bilat_store::speaker;

use crate::{
    App, ById, Changed, KeepApart, ListSpeakers, MergeSpeakers, Nothing, People, RenameSpeaker, Result,
    RoleOn, SetOffice,
};

impl App {
    /// Who speaks in the library under a name that starts so, in the role of a day.
    pub(crate) async fn list_speakers(&self, request: ListSpeakers) -> Result<Vec<Speaker>> {
        self.read(move |conn| speaker::list(conn, &request.prefix, request.on.as_ref())).await
    }

    /// What a speaker was on a day.
    pub(crate) async fn role_on(&self, request: RoleOn) -> Result<Option<Office>> {
        self.read(move |conn| speaker::role_on(conn, &request.speaker, request.on.as_ref())).await
    }

    /// Everybody who speaks in the library, and who of them may be one.
    pub(crate) async fn list_people(&self, _: Nothing) -> Result<People> {
        self.read(|conn| {
            let people: Vec<Person> = speaker::list_people(conn)?;
            let likely_same = speaker::list_likely_same(conn, &people)?;
            Ok(People { people, likely_same })
        })
        .await
    }

    /// Gives a speaker another name; answers the request that takes it back.
    pub(crate) async fn rename_speaker(&self, request: RenameSpeaker) -> Result<RenameSpeaker> {
        let (now, RenameSpeaker { id, name }) = (self.now(), request);
        let before = self.write(Changed::Annotations, move |tx| speaker::rename(tx, id, &name, &now)).await?;
        Ok(RenameSpeaker { id, name: before })
    }

    /// Makes one speaker another spelling of the other.
    pub(crate) async fn merge_speakers(&self, request: MergeSpeakers) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Annotations, move |tx| speaker::merge(tx, request.merge, request.keep, &now))
            .await?;
        Ok(Nothing {})
    }

    /// Makes a spelling that was merged a speaker of its own again.
    pub(crate) async fn split_speaker(&self, request: ById<SpeakerId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Annotations, move |tx| speaker::split(tx, request.id, &now)).await?;
        Ok(Nothing {})
    }

    /// Says that two speakers are not one, or takes that back.
    pub(crate) async fn keep_speakers_apart(&self, request: KeepApart) -> Result<Nothing> {
        let KeepApart { one, other, apart } = request;
        self.write(Changed::Annotations, move |tx| speaker::keep_apart(tx, one, other, apart)).await?;
        Ok(Nothing {})
    }

    /// Writes down what a speaker was, and on which days.
    pub(crate) async fn set_office(&self, request: SetOffice) -> Result<ById<OfficeId>> {
        let (now, SetOffice { speaker, office }) = (self.now(), request);
        let id = self
            .write(Changed::Annotations, move |tx| speaker::set_office(tx, speaker, &office, &now))
            .await?;
        Ok(ById { id })
    }

    /// Takes a role away that was written down; answers the request that writes it again.
    pub(crate) async fn remove_office(&self, request: ById<OfficeId>) -> Result<SetOffice> {
        let now = self.now();
        let (speaker, office) =
            self.write(Changed::Annotations, move |tx| speaker::remove_office(tx, request.id, &now)).await?;
        Ok(SetOffice { speaker, office })
    }
}
