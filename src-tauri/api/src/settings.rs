//! Settings: names and JSON values that the window gives meaning to.

use bilat_store::setting;

use crate::{App, Changed, Nothing, Result, Settings, WriteSetting};

impl App {
    /// The settings that were set.
    pub(crate) async fn read_settings(&self, _: Nothing) -> Result<Settings> {
        self.read(setting::list).await.map(Settings)
    }

    /// Sets a setting; null takes it away.
    pub(crate) async fn write_setting(&self, request: WriteSetting) -> Result<Nothing> {
        self.write(Changed::Settings, move |tx| setting::write(tx, &request.name, &request.value)).await?;
        Ok(Nothing {})
    }
}
