exports.handler = async ({ amount }) => ({ charged: amount });
