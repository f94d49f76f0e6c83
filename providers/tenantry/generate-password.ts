import { randomInt } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const alphabet = `${letters}0123456789-_.`;
const required = [/^[A-Za-z]/, /[a-z]/, /[A-Z]/, /[0-9]/, /[-_.]/];

/**
 * A random password from the system's CSPRNG, about 6 bits a character. Its characters mean nothing in URLs, shells and
 * SQL strings; it starts with a letter and has one of each class, as password policies ask.
 */
export function generatePassword(length = 32): string {
  for (;;) {
    const password = Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
    if (required.every((rule) => rule.test(password))) return password;
  }
}
