func.func @net(%x0: tensor<1x9x28x4x!slb.lowbit<range<0:7>, scale = 0.142096132>>, %x1: tensor<1x7x2x7x!slb.lowbit<range<19:130>, scale = 0.00456700427>>) -> (tensor<1x2x1x3x!slb.lowbit<odd<1>, scale = 1.88168252>>) {
  %2 = slb.constant dense_resource<blob2> : tensor<3x1x5x7xi8> : tensor<3x1x5x7x!slb.lowbit<odd<4>, scale = 0.091344662>>
  %3 = slb.conv2d %x1, %2 {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 2, 2>, dilations = array<i64: 2, 1>, groups = 1 : i64, layer = "conv1"} : (tensor<1x7x2x7x!slb.lowbit<range<19:130>, scale = 0.00456700427>>, tensor<3x1x5x7x!slb.lowbit<odd<4>, scale = 0.091344662>>) -> tensor<1x7x2x3xf32>
  %4 = tensor.extract_slice %3[0, 0, 0, 0] [1, 6, 2, 3] [1, 1, 1, 1] : tensor<1x7x2x3xf32> to tensor<1x6x2x3xf32>
  %5 = tosa.max_pool2d %4 {kernel = array<i64: 3, 2>, stride = array<i64: 3, 2>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x6x2x3xf32>) -> tensor<1x2x1x3xf32>
  %6 = slb.quantize %5 : (tensor<1x2x1x3xf32>) -> tensor<1x2x1x3x!slb.lowbit<odd<1>, scale = 1.88168252>>
  return %6 : tensor<1x2x1x3x!slb.lowbit<odd<1>, scale = 1.88168252>>
}
{-#
  dialect_resources: { builtin: {
    blob2: "0x010000000E06000D0D0F02040F000E060403040A0A0E0E00030F0F0E080B0502020C06050F050C0D0D070F020A010A070B0904090A09090B0C0F0B050A0106040000090E010101040A070B050A070106010900010D0D0E0A0C050B0E000C05060D020E0D060F040B0108020301"
  } }
#-}
