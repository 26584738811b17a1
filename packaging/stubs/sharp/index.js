// @huggingface/transformers throws at import unless this is a function.
module.exports = function sharp() {
  throw new Error(
    'sharp is replaced by an empty package in this installation: Shelfwright reads no images. Remove the entry "sharp" from "overrides" in package.json and run npm install to get the real one.',
  );
};
