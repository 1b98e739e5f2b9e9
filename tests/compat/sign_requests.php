<?php
// A merchant's side, as merchants write it: reads bodies, one JSON object a line, signs each with the
// formula of the withdrawal API and prints the text that was hashed, in hex, and the signature.
//
//   php sign_requests.php FILE PRIVATE_KEY

function cast($value): string
{
    if (is_array($value)) {
        return implode(':', array_map('cast', array_values($value)));
    }
    return (string) $value;
}

[, $file, $private_key] = $argv;
foreach (file($file, FILE_IGNORE_NEW_LINES) as $line) {
    $body = json_decode($line, true, 32, JSON_THROW_ON_ERROR);
    unset($body['signature']);
    ksort($body, SORT_STRING);
    $text = cast($body);
    echo bin2hex($text), ' ', sha1($private_key . md5($text)), "\n";
}
