throw new Error(
  'onnxruntime-web is replaced by an empty package in this installation: Shelfwright runs models with onnxruntime-node. Remove the entry "onnxruntime-web" from "overrides" in package.json and run npm install to get the real one.',
);
