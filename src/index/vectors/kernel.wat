;; The loops of simd.ts over a memory that the caller gives. Addresses are in bytes; a stride counts
;; numbers, is never 0, and pads rows and vector alike. `npm run build` compiles this into kernelModule.ts.

(module
  (import "own" "memory" (memory 1))

  ;; out[i] (int32) = int8 row i times the int16 vector, for `count` rows. `stride` is a multiple of 16.
  (func (export "dotBytes")
    (param $row i32) (param $count i32) (param $stride i32) (param $vector i32) (param $out i32)
    (local $at i32) (local $numbers i32) (local $sum v128) (local $bytes v128)
    (block $done
      (loop $next_row
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $at (i32.const 0))
        (loop $next_16
          (local.set $bytes (v128.load (i32.add (local.get $row) (local.get $at))))
          (local.set $numbers (i32.add (local.get $vector) (i32.shl (local.get $at) (i32.const 1))))
          (local.set $sum
            (i32x4.add
              (i32x4.add
                (local.get $sum)
                (i32x4.dot_i16x8_s
                  (i16x8.extend_low_i8x16_s (local.get $bytes))
                  (v128.load (local.get $numbers))))
              (i32x4.dot_i16x8_s
                (i16x8.extend_high_i8x16_s (local.get $bytes))
                (v128.load offset=16 (local.get $numbers)))))
          (br_if $next_16
            (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $stride))))
        (i32.store (local.get $out)
          (i32.add
            (i32.add
              (i32.add
                (i32x4.extract_lane 0 (local.get $sum))
                (i32x4.extract_lane 1 (local.get $sum)))
              (i32x4.extract_lane 2 (local.get $sum)))
            (i32x4.extract_lane 3 (local.get $sum))))
        (local.set $row (i32.add (local.get $row) (local.get $stride)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next_row))))

  ;; out[i] (int32) = int8 row ids[i] times the int16 vector, for `count` numbers of rows; `stride` as in dotBytes.
  (func (export "dotBytesAt")
    (param $rows i32) (param $ids i32) (param $count i32) (param $stride i32) (param $vector i32) (param $out i32)
    (local $row i32) (local $at i32) (local $numbers i32) (local $sum v128) (local $bytes v128)
    (block $done
      (loop $next_row
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $row
          (i32.add (local.get $rows) (i32.mul (i32.load (local.get $ids)) (local.get $stride))))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $at (i32.const 0))
        (loop $next_16
          (local.set $bytes (v128.load (i32.add (local.get $row) (local.get $at))))
          (local.set $numbers (i32.add (local.get $vector) (i32.shl (local.get $at) (i32.const 1))))
          (local.set $sum
            (i32x4.add
              (i32x4.add
                (local.get $sum)
                (i32x4.dot_i16x8_s
                  (i16x8.extend_low_i8x16_s (local.get $bytes))
                  (v128.load (local.get $numbers))))
              (i32x4.dot_i16x8_s
                (i16x8.extend_high_i8x16_s (local.get $bytes))
                (v128.load offset=16 (local.get $numbers)))))
          (br_if $next_16
            (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $stride))))
        (i32.store (local.get $out)
          (i32.add
            (i32.add
              (i32.add
                (i32x4.extract_lane 0 (local.get $sum))
                (i32x4.extract_lane 1 (local.get $sum)))
              (i32x4.extract_lane 2 (local.get $sum)))
            (i32x4.extract_lane 3 (local.get $sum))))
        (local.set $ids (i32.add (local.get $ids) (i32.const 4)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next_row))))

  ;; out[i] (float32) = float32 row i times the float32 vector, for `count` rows. `stride` is a multiple of 8.
  (func (export "dotFloats")
    (param $row i32) (param $count i32) (param $stride i32) (param $vector i32) (param $out i32)
    ;; Two sums, so that an addition need not wait for the one before.
    (local $at i32) (local $numbers i32) (local $even v128) (local $odd v128)
    (block $done
      (loop $next_row
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $even (v128.const i32x4 0 0 0 0))
        (local.set $odd (v128.const i32x4 0 0 0 0))
        (local.set $at (i32.const 0))
        (loop $next_8
          (local.set $numbers (i32.add (local.get $vector) (i32.shl (local.get $at) (i32.const 2))))
          (local.set $even
            (f32x4.add
              (local.get $even)
              (f32x4.mul (v128.load (local.get $row)) (v128.load (local.get $numbers)))))
          (local.set $odd
            (f32x4.add
              (local.get $odd)
              (f32x4.mul
                (v128.load offset=16 (local.get $row))
                (v128.load offset=16 (local.get $numbers)))))
          (local.set $row (i32.add (local.get $row) (i32.const 32)))
          (br_if $next_8
            (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $stride))))
        (local.set $even (f32x4.add (local.get $even) (local.get $odd)))
        (f32.store (local.get $out)
          (f32.add
            (f32.add
              (f32.add
                (f32x4.extract_lane 0 (local.get $even))
                (f32x4.extract_lane 1 (local.get $even)))
              (f32x4.extract_lane 2 (local.get $even)))
            (f32x4.extract_lane 3 (local.get $even))))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next_row))))

  ;; One step of AdaGrad on a row of float32 weights: slope = gradient * vector, sums += slope^2,
  ;; weights -= rate * slope / sqrt(sums). `stride` is a multiple of 4.
  (func (export "descend")
    (param $weights i32) (param $sums i32) (param $vector i32) (param $stride i32)
    (param $gradient f32) (param $rate f32)
    (local $slope v128) (local $sum v128)
    (loop $next_4
      (local.set $slope
        (f32x4.mul (f32x4.splat (local.get $gradient)) (v128.load (local.get $vector))))
      (v128.store (local.get $sums)
        (local.tee $sum
          (f32x4.add
            (v128.load (local.get $sums))
            (f32x4.mul (local.get $slope) (local.get $slope)))))
      (v128.store (local.get $weights)
        (f32x4.sub
          (v128.load (local.get $weights))
          (f32x4.div
            (f32x4.mul (f32x4.splat (local.get $rate)) (local.get $slope))
            (f32x4.sqrt (local.get $sum)))))
      (local.set $weights (i32.add (local.get $weights) (i32.const 16)))
      (local.set $sums (i32.add (local.get $sums) (i32.const 16)))
      (local.set $vector (i32.add (local.get $vector) (i32.const 16)))
      (br_if $next_4 (local.tee $stride (i32.sub (local.get $stride) (i32.const 4)))))))
