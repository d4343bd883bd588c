"use strict";
// Makes or uses a passkey, and sends what the browser answers with the form around the button. The only script there is;
// only pages of app/web/passkeys.py load it, and all of them work without it, with a code.
(() => {
  const button = document.querySelector("[data-passkey]");
  if (!button || !window.PublicKeyCredential || !navigator.credentials) return;
  const form = button.form;
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), it => it.charCodeAt(0));
  const text = buffer => btoa(Array.from(new Uint8Array(buffer), it => String.fromCharCode(it)).join(""))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = list => (list || []).map(it => Object.assign({}, it, {id: bytes(it.id)}));

  const asked = () => {
    const options = JSON.parse(button.dataset.passkey);
    options.challenge = bytes(options.challenge);
    if (!options.user) {
      options.allowCredentials = known(options.allowCredentials);
      return navigator.credentials.get({publicKey: options});
    }
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = known(options.excludeCredentials);
    return navigator.credentials.create({publicKey: options});
  };

  const said = name => {
    const messages = Array.from(document.querySelectorAll("[data-said]"));
    const known = messages.some(it => it.dataset.said === name);
    messages.forEach(it => { it.hidden = it.dataset.said !== (known ? name : ""); });
    button.disabled = false;
  };

  button.addEventListener("click", () => {
    button.disabled = true;
    asked().then(made => {
      const response = {};
      for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
        if (made.response[part]) response[part] = text(made.response[part]);
      }
      form.querySelector("[data-answer]").value = JSON.stringify({id: made.id, rawId: text(made.rawId), type: made.type, response});
      form.submit();
    }).catch(error => said(error.name));
  });
  window.addEventListener("pageshow", () => { button.disabled = false; });
  document.querySelectorAll("[data-with-passkey]").forEach(it => { it.hidden = false; });
  document.querySelectorAll("[data-without-passkey]").forEach(it => { it.hidden = true; });
})();
