// --target=rv32imc
func.func @net(%x: tensor<1x4xf32>) -> tensor<1x2xf32> {
  %w = slb.constant dense_resource<w> : tensor<2x4xi8> : tensor<2x4x!slb.lowbit<odd<1>>>
  %y = slb.linear %x, %w {layer = "fc"} : (tensor<1x4xf32>, tensor<2x4x!slb.lowbit<odd<1>>>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}
{-#
  dialect_resources: { builtin: { w: "0x010000000001000100000101" } }
#-}
