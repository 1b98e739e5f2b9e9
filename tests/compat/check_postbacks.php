<?php
// A merchant's side, as merchants write it: reads every *.body of a folder and proves that its
// signature is right and that additional_data are the bytes that PHP itself would print.
//
//   php check_postbacks.php FOLDER PRIVATE_ACCESS_KEY
//
// Beside N.body stands N.label: what "label" must read as, and a deposit's "plugin_custom_order_id"
// or a withdrawal's "withdrawal_id" and "comment". Prints a line for each body that is wrong, then how many were right; exit code 0 only if all were.

[, $folder, $private_access_key] = $argv;
$flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE;
$right = 0;
$wrong = 0;
foreach (glob("$folder/*.body") as $file) {
    $faults = [];
    $body = file_get_contents($file);
    $postback = json_decode($body, true, 32, JSON_THROW_ON_ERROR);
    $signed = json_encode($postback['additional_data'], $flags);
    $expected = sha1($postback['access_key'] . $private_access_key . md5($signed));
    if (!hash_equals($expected, $postback['signature'])) {
        $faults[] = "signature is {$postback['signature']}, PHP computes $expected over $signed";
    }
    if (!str_ends_with($body, ',"additional_data":' . $signed . '}')) {
        $faults[] = "additional_data is not what PHP prints: $signed";
    }
    $label = file_get_contents(preg_replace('/body$/', 'label', $file));
    if ($postback['label'] !== $label) {
        $faults[] = 'label reads ' . bin2hex($postback['label']) . ', not ' . bin2hex($label);
    }
    $kept = $postback['direction'] === 'outgoing' ? ['withdrawal_id', 'comment'] : ['plugin_custom_order_id'];
    foreach ($kept as $member) {
        if ($postback['additional_data'][0][$member] !== $label) {
            $faults[] = "$member is not what was sent";
        }
    }
    // The order of members and the numbers too: the whole body is what PHP would have sent.
    ini_set('serialize_precision', '-1');
    if (json_encode($postback, $flags) !== $body) {
        $faults[] = 'the body is not what PHP prints';
    }
    foreach ($faults as $fault) {
        echo basename($file), ': ', $fault, "\n";
    }
    $faults ? ++$wrong : ++$right;
}
echo "$right right\n";
exit($wrong || !$right ? 1 : 0);
