// Makes the sample messages beside this file: `npm run samples`. They are committed; the demo only reads them.
import { writeFileSync } from "node:fs";
import { pdf, png, xlsx } from "./documents.js";
import { base64Part, entity, iso2022jp, multipart, outlookName, rfc2231, words } from "./mime.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const recipients = [
  ["田中太郎", "taro@tls.example"],
  ["鈴木次郎", "jiro@tls.example"],
  ["佐藤三郎", "saburo@tls.example"],
  ["高橋史郎", "shiro@plain.example"],
  ["伊藤五郎", "goro@selfsigned.example"],
  ["渡辺六郎", "rokuro@null.example"],
];

const quotation = pdf("御見積書", [
  "見積番号　2026-0109",
  "株式会社サンプル　御中",
  "下記のとおり御見積り申し上げます。",
  "クラウド移行支援　一式　1,250,000円（税抜）",
  "有効期限　2026年2月末日",
]);
const forecast = xlsx("売上予測", [
  ["月", "商品A", "商品B"],
  ["2026年1月", 1250000, 830000],
  ["2026年2月", 1310000, 845000],
  ["2026年3月", 1405000, 902000],
]);

const letter = `株式会社サンプル
ご担当者様

いつもお世話になっております。株式会社みどり商事の山田花子です。

ご依頼いただきました見積書と売上予測をお送りいたします。
ご確認のほど、よろしくお願いいたします。

――――――――――――――
株式会社みどり商事　営業部
山田　花子
`.replaceAll("\n", "\r\n");

const page = `<!doctype html>
<html lang="ja"><body>
<p><img src="cid:logo@sender.example" width="96" height="64" alt="みどり商事"></p>
${letter.trim().split("\r\n\r\n").map((paragraph) => `<p>${paragraph.replaceAll("\r\n", "<br>")}</p>`).join("\r\n")}
</body></html>
`.replace(/\r?\n/g, "\r\n");

function headers(number, subject, charset = "UTF-8") {
  const mailbox = ([name, address]) => `${words(name, charset)} <${address}>`;
  return [
    `Date: Fri, 09 Jan 2026 10:0${number}:00 +0900`,
    `From: ${words("山田花子", charset)} <hanako@sender.example>`,
    `To: ${recipients.map(mailbox).join(",\r\n ")}`,
    `Message-ID: <sample-${number}.20260109@sender.example>`,
    `Subject: ${words(subject, charset)}`,
    "MIME-Version: 1.0",
  ];
}

const utf8Text = base64Part(["Content-Type: text/plain; charset=UTF-8"], letter);

function attachment(type, name, content, charset = "UTF-8") {
  const plainName = `name="${words(name, charset)}"`;
  return (fileName) => base64Part([`Content-Type: ${type};\r\n ${plainName}`, `Content-Disposition: attachment;\r\n ${fileName}`], content);
}

/** Everything at once: two attachments, a page with an image in it, names as the standards have them. */
function quotationMail() {
  const logo = base64Part(
    ['Content-Type: image/png; name="logo.png"', "Content-ID: <logo@sender.example>", 'Content-Disposition: inline; filename="logo.png"'],
    png([24, 119, 82]),
  );
  const related = multipart("related", "=_page", [base64Part(["Content-Type: text/html; charset=UTF-8"], page), logo]);
  const parts = [
    multipart("alternative", "=_body", [utf8Text, related]),
    base64Part(["Content-Type: application/pdf", 'Content-Disposition: attachment; filename="quotation-2026-0109.pdf"'], quotation),
    base64Part([`Content-Type: ${XLSX}`, `Content-Disposition: attachment;\r\n ${rfc2231("売上予測.xlsx")}`], forecast),
  ];
  return multipart("mixed", "=_mail", parts, headers(1, "お見積書と売上予測の送付につきまして（株式会社みどり商事）"));
}

/** As Japanese mail has been written for decades: seven bits, ISO-2022-JP in header, body and file name. */
function iso2022jpMail() {
  const text = entity(
    ["Content-Type: text/plain; charset=ISO-2022-JP", "Content-Transfer-Encoding: 7bit"],
    iso2022jp(letter),
  );
  const name = "見積書.pdf";
  const file = attachment("application/pdf", name, quotation, "ISO-2022-JP")(outlookName(name, "ISO-2022-JP"));
  return multipart("mixed", "=_mail", [text, file], headers(2, "見積書の送付につきまして", "ISO-2022-JP"));
}

/** As Outlook sends it: encoded words in quotes for the name, here a long one in several words. */
function outlookMail() {
  const name = "2026年度第1四半期の売上予測（社外秘・関係者限り）.xlsx";
  const file = attachment(XLSX, name, forecast)(outlookName(name));
  return multipart("mixed", "=_mail", [utf8Text, file], headers(3, "売上予測の送付につきまして"));
}

const samples = { "quotation.eml": quotationMail(), "iso-2022-jp.eml": iso2022jpMail(), "outlook.eml": outlookMail() };
for (const [name, content] of Object.entries(samples)) writeFileSync(new URL(name, import.meta.url), content);
