"""The Textual shell: app, command registry, palette, help, keymap, theme, widgets and dialogs."""
