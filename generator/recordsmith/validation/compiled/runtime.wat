  ;; What every compiled schema calls.  A function takes the address of a value's first byte, and
  ;; gives the address behind the value, or 0 where the value is not certainly valid.
  ;; Each line of the text ends in a line feed, which is no space here, so nothing runs beyond.

  (global $depth (mut i32) (i32.const 0))
  (global $keys (mut i32) (i32.const 0))    ;; how many are on the stack of keys
  (global $odd (mut i32) (i32.const 0))     ;; of the last string: 1 it has escapes, 2 it is not ASCII
  (global $whole (mut i64) (i64.const 0))   ;; the digits of the last number, sign included
  (global $digits (mut i32) (i32.const 0))  ;; how many they are
  (global $point (mut i32) (i32.const 0))   ;; 1 if it has a point
  (global $scale (mut i32) (i32.const 0))   ;; how many digits stand behind it; 0 if all are zeros
  (global $power (mut i32) (i32.const 0))   ;; 1 if it has an exponent

  (global $member (mut i32) (i32.const 0))  ;; where the value starts of the one member of the record
                                            ;; that is in doubt so far; 0 if none is

  (global $lines (export "lines") (mut i32) (i32.const 0))
  (global $records (export "records") (mut i32) (i32.const 0))
  (global $doubts (export "doubts") (mut i32) (i32.const 0))

  ;; Judges the lines from $p to $end, which is behind a line feed.  For each line in doubt six
  ;; numbers are written: its index, that of its record, where it starts, where its line feed is,
  ;; whether it certainly is JSON, if not valid, and where the value of its only member in doubt
  ;; starts, or 0.  Gives the address where it stopped: $end, or where there is no room for more
  ;; doubts.
  (func (export "judge") (param $p i32) (param $end i32) (param $room i32) (result i32)
    (local $q i32) (local $out i32) (local $ends i32)
    (global.set $lines (i32.const 0))
    (global.set $records (i32.const 0))
    (global.set $doubts (i32.const 0))
    (local.set $out (i32.const {doubts}))
    (block $done
      (loop $line
        (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
        (br_if $done (i32.eq (global.get $doubts) (local.get $room)))
        (global.set $depth (i32.const 0))
        (global.set $keys (i32.const 0))
        (global.set $member (i32.const 0))
        (local.set $q (call $space (local.get $p)))
        (if (i32.ne (i32.load8_u (local.get $q)) (i32.const 10))
          (then
            (local.set $q (call $root (local.get $q)))
            (if (local.get $q) (then (local.set $q (call $space (local.get $q)))))
            (local.set $ends
              (select
                (i32.eq (i32.load8_u (local.get $q)) (i32.const 10))
                (i32.const 0)
                (local.get $q)))
            (if (i32.ge_u (i32.sub (local.get $q) (local.get $p)) (i32.const {most_values}))
              (then
                (local.set $ends
                  (i32.and (local.get $ends) (call $has_few_values (local.get $p) (local.get $q))))))
            (if (i32.or (i32.eqz (local.get $ends)) (global.get $member))
              (then
                (if (i32.eqz (local.get $ends))
                  (then
                    (global.set $member (i32.const 0))
                    (local.set $q (call $line_feed (local.get $p)))
                    (local.set $ends (call $is_text (local.get $p)))))
                (i32.store (local.get $out) (global.get $lines))
                (i32.store offset=4 (local.get $out) (global.get $records))
                (i32.store offset=8 (local.get $out) (local.get $p))
                (i32.store offset=12 (local.get $out) (local.get $q))
                (i32.store offset=16 (local.get $out) (local.get $ends))
                (i32.store offset=20 (local.get $out) (global.get $member))
                (local.set $out (i32.add (local.get $out) (i32.const {doubt})))
                (global.set $doubts (i32.add (global.get $doubts) (i32.const 1)))))
            (global.set $records (i32.add (global.get $records) (i32.const 1)))))
        (global.set $lines (i32.add (global.get $lines) (i32.const 1)))
        (local.set $p (i32.add (local.get $q) (i32.const 1)))
        (br $line)))
    (local.get $p))

  ;; Whether there are fewer signs before which a value may stand than a record has values at most.
  (func $has_few_values (param $p i32) (param $end i32) (result i32)
    (local $c i32) (local $count i32)
    (loop $next
      (local.set $c (i32.load8_u (local.get $p)))
      (local.set $count
        (i32.add
          (local.get $count)
          (i32.or
            (i32.eq (local.get $c) (i32.const 44))  ;; ,
            (i32.eq (i32.or (local.get $c) (i32.const 32)) (i32.const 123)))))  ;; [ or {
      (local.set $p (i32.add (local.get $p) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $p) (local.get $end))))
    (i32.lt_u (local.get $count) (i32.const {most_values})))

  (func $is_text (param $p i32) (result i32)
    (global.set $depth (i32.const 0))
    (global.set $keys (i32.const 0))
    (local.set $p (call $any (call $space (local.get $p))))
    (if (local.get $p) (then (local.set $p (call $space (local.get $p)))))
    (if (i32.eqz (local.get $p)) (then (return (i32.const 0))))
    (i32.eq (i32.load8_u (local.get $p)) (i32.const 10)))

  (func $line_feed (param $p i32) (result i32)
    (local $found i32)
    (loop $next
      (local.set $found
        (i8x16.bitmask (i8x16.eq (v128.load (local.get $p)) (i8x16.splat (i32.const 10)))))
      (if (local.get $found)
        (then (return (i32.add (local.get $p) (i32.ctz (local.get $found))))))
      (local.set $p (i32.add (local.get $p) (i32.const 16)))
      (br $next))
    (unreachable))

  (func $space (param $p i32) (result i32)
    (local $c i32)
    (loop $next
      (local.set $c (i32.load8_u (local.get $p)))
      (if (i32.or
            (i32.eq (local.get $c) (i32.const 32))
            (i32.or (i32.eq (local.get $c) (i32.const 9)) (i32.eq (local.get $c) (i32.const 13))))
        (then
          (local.set $p (i32.add (local.get $p) (i32.const 1)))
          (br $next))))
    (local.get $p))

  (func $none (param $p i32) (result i32) (i32.const 0))

  (func $any (param $p i32) (result i32)
    (local $c i32)
    (local.set $c (i32.load8_u (local.get $p)))
    (if (i32.eq (local.get $c) (i32.const 34)) (then (return (call $string (local.get $p)))))
    (if (i32.eq (local.get $c) (i32.const 123)) (then (return (call $object (local.get $p)))))
    (if (i32.eq (local.get $c) (i32.const 91)) (then (return (call $array (local.get $p)))))
    (if (i32.eq (local.get $c) (i32.const 110)) (then (return (call $null (local.get $p)))))
    (if (i32.ge_u (local.get $c) (i32.const 102)) (then (return (call $boolean (local.get $p)))))
    (call $number (local.get $p)))

  (func $null (param $p i32) (result i32)
    (select
      (i32.add (local.get $p) (i32.const 4))
      (i32.const 0)
      (i32.eq (i32.load (local.get $p)) (i32.const 0x6c6c756e))))  ;; null

  (func $boolean (param $p i32) (result i32)
    (if (i32.eq (i32.load (local.get $p)) (i32.const 0x65757274))  ;; true
      (then (return (i32.add (local.get $p) (i32.const 4)))))
    (if (i32.and
          (i32.eq (i32.load (local.get $p)) (i32.const 0x736c6166))  ;; fals
          (i32.eq (i32.load8_u offset=4 (local.get $p)) (i32.const 101)))
      (then (return (i32.add (local.get $p) (i32.const 5)))))
    (i32.const 0))

  (func $string (param $p i32) (result i32)
    (local $text v128) (local $found i32) (local $c i32)
    (if (i32.ne (i32.load8_u (local.get $p)) (i32.const 34)) (then (return (i32.const 0))))
    (local.set $p (i32.add (local.get $p) (i32.const 1)))
    (global.set $odd (i32.const 0))
    (loop $next
      (local.set $text (v128.load (local.get $p)))
      (local.set $found
        (i8x16.bitmask
          (v128.or
            (i8x16.lt_s (local.get $text) (i8x16.splat (i32.const 32)))  ;; control, or not ASCII
            (v128.or
              (i8x16.eq (local.get $text) (i8x16.splat (i32.const 34)))
              (i8x16.eq (local.get $text) (i8x16.splat (i32.const 92)))))))
      (if (i32.eqz (local.get $found))
        (then
          (local.set $p (i32.add (local.get $p) (i32.const 16)))
          (br $next)))
      (local.set $p (i32.add (local.get $p) (i32.ctz (local.get $found))))
      (local.set $c (i32.load8_u (local.get $p)))
      (if (i32.eq (local.get $c) (i32.const 34))
        (then (return (i32.add (local.get $p) (i32.const 1)))))
      (if (i32.eq (local.get $c) (i32.const 92))
        (then
          (global.set $odd (i32.or (global.get $odd) (i32.const 1)))
          (local.set $p (call $escape (local.get $p))))
        (else
          (global.set $odd (i32.or (global.get $odd) (i32.const 2)))
          (local.set $p (call $beyond_ascii (local.get $p)))))
      (br_if $next (local.get $p)))
    (i32.const 0))

  ;; Behind the escape at $p.  Half of a surrogate pair is none.
  (func $escape (param $p i32) (result i32)
    (local $c i32)
    (local.set $c (i32.load8_u offset=1 (local.get $p)))
    (if (i32.eq (local.get $c) (i32.const 117))  ;; u
      (then
        (local.set $c (call $hexadecimal (i32.add (local.get $p) (i32.const 2))))
        (if (i32.lt_s (local.get $c) (i32.const 0)) (then (return (i32.const 0))))
        (if (i32.ne (i32.and (local.get $c) (i32.const 0xf800)) (i32.const 0xd800))
          (then (return (i32.add (local.get $p) (i32.const 6)))))
        (if (i32.ge_u (local.get $c) (i32.const 0xdc00)) (then (return (i32.const 0))))
        (if (i32.ne (i32.load16_u offset=6 (local.get $p)) (i32.const 0x755c))  ;; \u
          (then (return (i32.const 0))))
        (local.set $c (call $hexadecimal (i32.add (local.get $p) (i32.const 8))))
        (return
          (select
            (i32.add (local.get $p) (i32.const 12))
            (i32.const 0)
            (i32.eq (i32.and (local.get $c) (i32.const 0xfffffc00)) (i32.const 0xdc00))))))
    (local.set $p (i32.add (local.get $p) (i32.const 2)))
    (if (i32.eq (local.get $c) (i32.const 34)) (then (return (local.get $p))))
    (if (i32.eq (local.get $c) (i32.const 92)) (then (return (local.get $p))))
    (if (i32.eq (local.get $c) (i32.const 47)) (then (return (local.get $p))))
    (if (i32.eq (local.get $c) (i32.const 98)) (then (return (local.get $p))))
    (if (i32.eq (local.get $c) (i32.const 102)) (then (return (local.get $p))))
    (if (i32.eq (local.get $c) (i32.const 110)) (then (return (local.get $p))))
    (if (i32.eq (local.get $c) (i32.const 114)) (then (return (local.get $p))))
    (if (i32.eq (local.get $c) (i32.const 116)) (then (return (local.get $p))))
    (i32.const 0))

  ;; The value of four hexadecimal digits; -1 where there are none.
  (func $hexadecimal (param $p i32) (result i32)
    (local $value i32) (local $c i32) (local $end i32)
    (local.set $end (i32.add (local.get $p) (i32.const 4)))
    (loop $next
      (local.set $c (i32.load8_u (local.get $p)))
      (if (i32.lt_u (i32.sub (local.get $c) (i32.const 48)) (i32.const 10))
        (then (local.set $c (i32.sub (local.get $c) (i32.const 48))))
        (else
          (local.set $c (i32.or (local.get $c) (i32.const 32)))
          (if (i32.ge_u (i32.sub (local.get $c) (i32.const 97)) (i32.const 6))
            (then (return (i32.const -1))))
          (local.set $c (i32.sub (local.get $c) (i32.const 87)))))
      (local.set $value (i32.or (i32.shl (local.get $value) (i32.const 4)) (local.get $c)))
      (local.set $p (i32.add (local.get $p) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $p) (local.get $end))))
    (local.get $value))

  ;; Behind the character beyond ASCII at $p, if it is well-formed UTF-8 (Unicode, table 3-7).
  (func $beyond_ascii (param $p i32) (result i32)
    (local $c i32) (local $second i32)
    (local.set $c (i32.load8_u (local.get $p)))
    (local.set $second (i32.load8_u offset=1 (local.get $p)))
    (if (i32.lt_u (local.get $c) (i32.const 0xc2)) (then (return (i32.const 0))))
    (if (i32.ne (i32.and (local.get $second) (i32.const 0xc0)) (i32.const 0x80))
      (then (return (i32.const 0))))
    (if (i32.lt_u (local.get $c) (i32.const 0xe0))
      (then (return (i32.add (local.get $p) (i32.const 2)))))
    (if (i32.ne (i32.and (i32.load8_u offset=2 (local.get $p)) (i32.const 0xc0)) (i32.const 0x80))
      (then (return (i32.const 0))))
    (if (i32.lt_u (local.get $c) (i32.const 0xf0))
      (then
        (if (i32.and
              (i32.eq (local.get $c) (i32.const 0xe0))
              (i32.lt_u (local.get $second) (i32.const 0xa0)))
          (then (return (i32.const 0))))
        (if (i32.and
              (i32.eq (local.get $c) (i32.const 0xed))
              (i32.ge_u (local.get $second) (i32.const 0xa0)))
          (then (return (i32.const 0))))
        (return (i32.add (local.get $p) (i32.const 3)))))
    (if (i32.ne (i32.and (i32.load8_u offset=3 (local.get $p)) (i32.const 0xc0)) (i32.const 0x80))
      (then (return (i32.const 0))))
    (if (i32.gt_u (local.get $c) (i32.const 0xf4)) (then (return (i32.const 0))))
    (if (i32.and
          (i32.eq (local.get $c) (i32.const 0xf0))
          (i32.lt_u (local.get $second) (i32.const 0x90)))
      (then (return (i32.const 0))))
    (if (i32.and
          (i32.eq (local.get $c) (i32.const 0xf4))
          (i32.ge_u (local.get $second) (i32.const 0x90)))
      (then (return (i32.const 0))))
    (i32.add (local.get $p) (i32.const 4)))

  (func $number (param $p i32) (result i32)
    (local $whole i64) (local $fraction i64)
    (local $negative i32) (local $start i32) (local $point i32) (local $scale i32) (local $power i32)
    (local.set $negative (i32.eq (i32.load8_u (local.get $p)) (i32.const 45)))
    (local.set $p (i32.add (local.get $p) (local.get $negative)))
    (local.set $start (local.get $p))
    (if (i32.eq (i32.load8_u (local.get $p)) (i32.const 48))
      (then (local.set $p (i32.add (local.get $p) (i32.const 1))))
      (else
        (local.set $whole (call $digits (local.get $p) (i64.const 0)))
        (local.set $p (global.get $behind))
        (if (i32.eq (local.get $p) (local.get $start)) (then (return (i32.const 0))))))
    (global.set $digits (i32.sub (local.get $p) (local.get $start)))
    (if (i32.eq (i32.load8_u (local.get $p)) (i32.const 46))  ;; .
      (then
        (local.set $point (i32.const 1))
        (local.set $start (i32.add (local.get $p) (i32.const 1)))
        (local.set $fraction (call $digits (local.get $start) (i64.const 0)))
        (local.set $p (global.get $behind))
        (local.set $scale (i32.sub (local.get $p) (local.get $start)))
        (if (i32.eqz (local.get $scale)) (then (return (i32.const 0))))
        (if (i32.and
              (i64.eqz (local.get $fraction))
              (i32.and  ;; others are doubles, which may be other integers
                (i32.le_u (local.get $scale) (i32.const 18))
                (i32.le_u (global.get $digits) (i32.const 15))))
          (then (local.set $scale (i32.const 0)))
          (else
            (local.set $whole (call $digits (local.get $start) (local.get $whole)))
            (global.set $digits (i32.add (global.get $digits) (local.get $scale)))))))
    (if (i32.eq (i32.or (i32.load8_u (local.get $p)) (i32.const 32)) (i32.const 101))  ;; e
      (then
        (local.set $power (i32.const 1))
        (local.set $start (i32.add (local.get $p) (i32.const 1)))
        (local.set $start
          (i32.add
            (local.get $start)
            (i32.or
              (i32.eq (i32.load8_u (local.get $start)) (i32.const 43))
              (i32.eq (i32.load8_u (local.get $start)) (i32.const 45)))))
        (drop (call $digits (local.get $start) (i64.const 0)))
        (local.set $p (global.get $behind))
        (if (i32.eq (local.get $p) (local.get $start)) (then (return (i32.const 0))))
        (if (i32.gt_u (i32.sub (local.get $p) (local.get $start)) (i32.const 2))
          (then (return (i32.const 0))))))
    (if (i32.gt_u (global.get $digits) (i32.const 200)) (then (return (i32.const 0))))
    (global.set $whole
      (select
        (i64.sub (i64.const 0) (local.get $whole))
        (local.get $whole)
        (local.get $negative)))
    (global.set $point (local.get $point))
    (global.set $scale (local.get $scale))
    (global.set $power (local.get $power))
    (local.get $p))

  (global $behind (mut i32) (i32.const 0))

  ;; Reads on a number, of which $whole is read, by the digits at $p; $behind is behind them.
  (func $digits (param $p i32) (param $whole i64) (result i64)
    (local $c i32)
    (loop $next
      (local.set $c (i32.sub (i32.load8_u (local.get $p)) (i32.const 48)))
      (if (i32.lt_u (local.get $c) (i32.const 10))
        (then
          (local.set $whole
            (i64.add
              (i64.mul (local.get $whole) (i64.const 10))
              (i64.extend_i32_u (local.get $c))))
          (local.set $p (i32.add (local.get $p) (i32.const 1)))
          (br $next))))
    (global.set $behind (local.get $p))
    (local.get $whole))

  (func $integer (param $p i32) (result i32)
    (local.set $p (call $number (local.get $p)))
    (select
      (i32.const 0)
      (local.get $p)
      (i32.or (global.get $scale) (global.get $power))))

  ;; An integer that is written as one, as draft 4 has it.
  (func $plain_integer (param $p i32) (result i32)
    (local.set $p (call $number (local.get $p)))
    (select
      (i32.const 0)
      (local.get $p)
      (i32.or (global.get $point) (global.get $power))))

  ;; Behind the string at $p if the automaton at $table accepts it: for each state and each
  ;; character of ASCII, the next state; 0 is nowhere, 0xffff for a quote is the end.
  (func $matches (param $p i32) (param $table i32) (result i32)
    (local $c i32) (local $state i32)
    (if (i32.ne (i32.load8_u (local.get $p)) (i32.const 34)) (then (return (i32.const 0))))
    (local.set $state (i32.const 1))
    (loop $next
      (local.set $p (i32.add (local.get $p) (i32.const 1)))
      (local.set $c (i32.load8_u (local.get $p)))
      (if (i32.ge_u (local.get $c) (i32.const 128)) (then (return (i32.const 0))))
      (local.set $state
        (i32.load16_u
          (i32.add
            (i32.add (local.get $table) (i32.shl (local.get $state) (i32.const 8)))
            (i32.shl (local.get $c) (i32.const 1)))))
      (if (i32.eq (local.get $state) (i32.const 0xffff))
        (then (return (i32.add (local.get $p) (i32.const 1)))))
      (br_if $next (local.get $state)))
    (i32.const 0))

  ;; Puts a key of $length bytes at $from on the stack of keys; 0 where the keys since $first
  ;; may have it already, or there is no room.
  (func $is_new (param $from i32) (param $length i32) (param $first i32) (result i32)
    (local $key i64) (local $at i32) (local $last i32)
    (if (i32.ge_u (global.get $keys) (i32.const {most_keys})) (then (return (i32.const 0))))
    (local.set $key (i64.extend_i32_u (local.get $length)))
    (if (i32.lt_u (local.get $length) (i32.const 8))
      (then
        (if (local.get $length)
          (then
            (local.set $key
              (call $mixed
                (local.get $key)
                (i64.shl
                  (i64.load (local.get $from))
                  (i64.extend_i32_u
                    (i32.sub (i32.const 64) (i32.shl (local.get $length) (i32.const 3))))))))))
      (else
        (local.set $at (local.get $from))
        (local.set $last
          (i32.sub (i32.add (local.get $from) (local.get $length)) (i32.const 8)))
        (loop $next
          (local.set $key (call $mixed (local.get $key) (i64.load (local.get $at))))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (br_if $next (i32.lt_u (local.get $at) (local.get $last))))
        (local.set $key (call $mixed (local.get $key) (i64.load (local.get $last))))))
    (local.set $at (global.get $keys))
    (i64.store offset={keys} (i32.shl (local.get $at) (i32.const 3)) (local.get $key))
    (global.set $keys (i32.add (local.get $at) (i32.const 1)))
    (loop $next
      (if (i32.eq (local.get $at) (local.get $first)) (then (return (i32.const 1))))
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (br_if $next
        (i64.ne
          (local.get $key)
          (i64.load offset={keys} (i32.shl (local.get $at) (i32.const 3))))))
    (i32.const 0))

  (func $mixed (param $key i64) (param $word i64) (result i64)
    (i64.mul
      (i64.xor (i64.rotl (local.get $key) (i64.const 27)) (local.get $word))
      (i64.const 0x9e3779b97f4a7c15)))
