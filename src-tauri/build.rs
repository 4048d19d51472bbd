//! Hands the capabilities and permissions to Tauri; nothing when the desktop feature is off.

fn main() {
    #[cfg(feature = "desktop")]
    tauri();
}

#[cfg(feature = "desktop")]
fn tauri() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    let app = tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/*")
        .app_manifest(app);
    tauri_build::try_build(attributes).expect("the Tauri configuration, capabilities and icons are in order");
}
