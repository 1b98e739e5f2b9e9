// What an integrator would write with Safaricom's own package: one payment, and a question about it.
//   node pay.js SIMULATOR_URL CALLBACK_URL PHONE AMOUNT PASSKEY
'use strict'
const Mpesa = require('mpesa-node')

const [simulator, callback, phone, amount, passkey] = process.argv.slice(2)

function client (secret) {
  const mpesa = new Mpesa({
    consumerKey: 'sandbox-key',
    consumerSecret: secret,
    lipaNaMpesaShortCode: 174379,
    lipaNaMpesaShortPass: passkey
  })
  mpesa.baseURL = simulator
  return mpesa
}

// The query says "being processed" with an error until the payment has ended.
async function ended (mpesa, id) {
  const giveUp = Date.now() + 30000
  for (;;) {
    try {
      const { data } = await mpesa.lipaNaMpesaQuery(id)
      if (data.ResultCode !== '4999') return data
    } catch (error) {
      if (!error.response || Date.now() > giveUp) throw error
    }
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

async function main () {
  const mpesa = client('sandbox-secret')
  const token = (await mpesa.oAuth()).data
  const push = (await mpesa.lipaNaMpesaOnline(phone, amount, callback, 'order-1')).data
  const query = await ended(mpesa, push.CheckoutRequestID)
  const refused = await client('wrong').oAuth().then(() => null, error => error.response.status)
  console.log(JSON.stringify({ token, push, query, refused }))
}

main().catch(error => {
  console.error(error.response ? error.response.data : error)
  process.exit(1)
})
