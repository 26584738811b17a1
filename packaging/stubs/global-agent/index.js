// npm before 12 may run the install script of onnxruntime-node, which calls this first and then downloads GPU libraries
// that Shelfwright does not use. `allowScripts` stops that script in npm 11.16 and later only.
exports.bootstrap = function bootstrap() {
  process.env.ONNXRUNTIME_NODE_INSTALL ??= 'skip';
};
