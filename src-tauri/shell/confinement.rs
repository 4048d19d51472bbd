//! What the page is confined to, written down a second time: who loosens the configuration has to say so here.

use serde_json::{Value, json};

fn configuration() -> Value {
    serde_json::from_str(include_str!("../../tauri.conf.json")).expect("tauri.conf.json is JSON")
}

#[test]
fn the_page_loads_nothing_but_what_the_program_carries() {
    assert_eq!(
        configuration()["app"]["security"]["csp"],
        json!({
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self'",
            "img-src": "'self' data:",
            "font-src": "'self'",
            "connect-src": "ipc: http://ipc.localhost",
            "frame-src": "'self'",
            "object-src": "'none'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": "'none'",
        })
    );
}

#[test]
fn the_page_finds_no_door_beside_its_own() {
    let app = &configuration()["app"];
    assert_eq!(app["withGlobalTauri"], json!(false));
    assert_eq!(app["windows"], json!([]), "windows are built in window.rs, where their navigation is denied");
    let security = &app["security"];
    assert_eq!(
        security["capabilities"],
        json!(["main"]),
        "an empty list would mean every file in the folder"
    );
    assert_eq!(security["freezePrototype"], json!(true));
    assert_eq!(security.get("dangerousDisableAssetCspModification"), None);
    assert_eq!(security.get("assetProtocol"), None);
}

#[test]
fn the_page_may_call_these_and_no_others() {
    let capability: Value = serde_json::from_str(include_str!("../capabilities/main.json"))
        .expect("capabilities/main.json is JSON");
    assert_eq!(capability.get("remote"), None, "no page from elsewhere");
    assert_eq!(capability["windows"], json!(["main"]), "a page that is rendered may call nothing");
    assert_eq!(capability.get("webviews"), None);
    assert_eq!(
        capability["permissions"],
        json!([
            "allow-rpc",
            "allow-window",
            "allow-dialog",
            "allow-link",
            "allow-render",
            "core:event:allow-listen",
            "core:event:allow-unlisten",
            "core:window:allow-close",
            "core:window:allow-minimize",
            "core:window:allow-toggle-maximize",
            "core:window:allow-internal-toggle-maximize",
            "core:window:allow-is-maximized",
            "core:window:allow-start-dragging",
        ])
    );
}

#[test]
fn one_command_leads_out_of_the_window() {
    let permissions = include_str!("../permissions/app.toml");
    assert_eq!(permissions.matches("open_link").count(), 1);
    assert!(permissions.contains("identifier = \"allow-link\""));
    assert!(!permissions.contains("opener:") && !permissions.contains("shell:"));
}
