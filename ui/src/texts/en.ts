/** Every word the window says, in English. A translation is this file in another language. */
export {};
