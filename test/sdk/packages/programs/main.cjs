const sdk = require('@concord/sdk');
const testing = require('@concord/testing');
const { story } = require('./story.mjs');

story(sdk, testing).then((seen) => console.log(JSON.stringify(seen)));
