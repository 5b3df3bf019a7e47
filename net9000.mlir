func.func @net(%x0: tensor<1x2x1x1x!slb.lowbit<range<-128:127>, scale = 7.812500e-03>>) -> (tensor<1x2x1x2x!slb.lowbit<odd<2>, scale = 0.458156377>>) {
  %1 = slb.dequantize %x0 : (tensor<1x2x1x1x!slb.lowbit<range<-128:127>, scale = 7.812500e-03>>) -> tensor<1x2x1x1xf32>
  %2 = slb.dequantize %x0 : (tensor<1x2x1x1x!slb.lowbit<range<-128:127>, scale = 7.812500e-03>>) -> tensor<1x2x1x1xf32>
  %3 = tosa.add %1, %2 : (tensor<1x2x1x1xf32>, tensor<1x2x1x1xf32>) -> tensor<1x2x1x1xf32>
  %4 = slb.quantize %3 : (tensor<1x2x1x1xf32>) -> tensor<1x2x1x1x!slb.lowbit<odd<2>, scale = 0.458156377>>
  %5 = slb.constant dense<"0x000102010101010202020101010103030101030301010100020102000202030200020103010003020201020202010203030002010001020301000200020302030000020101020101000200020202030103000100000202020102000101030003"> : tensor<32x1x3x1xi8> : tensor<32x1x3x1x!slb.lowbit<odd<2>, scale = 0.199455231>>
  %6 = slb.conv2d %4, %5 {strides = array<i64: 2, 1>, pads = array<i64: 0, 0, 1, 1>, dilations = array<i64: 1, 1>, groups = 1 : i64, layer = "conv1"} : (tensor<1x2x1x1x!slb.lowbit<odd<2>, scale = 0.458156377>>, tensor<32x1x3x1x!slb.lowbit<odd<2>, scale = 0.199455231>>) -> tensor<1x1x1x32xf32>
  %7 = arith.constant dense<"0x8E3C013FCB54E13ED0E6363F50221D3E324D453F01401B3F3D8EAC3F8CFF653FB3F0AE3FF990BD3F5FC5FF3EEA78513F83D4813F9C3FA63FB6ACA53E56274C3F17AB813F535AB53FC596463FFF448C3FED7135511DD4B43FBE5E4B3F8061993FE6E0AB3FC416C03E52C7BD3FFDD6BD3FD2239D3F47F8173FD586C73E30A6983F"> : tensor<32xf32>
  %8 = arith.constant dense<"0x3546BB3E176CC43D91EB183F391D5E3FECB3ED3E807D1D3E75757C3EEAA0ABBCDCF4B83D36022ABEE5B888BB9652A23D6A27133FE2DCA23E2830CE3D660C9A3D39502C3F11CA703FA8CC723FBE24DF3E7C2F823EF6E0DD3DC516493F966D813D3D8E683D7DA0A8BDA388AD3C83CFFDBD6D84D33EECE7603EE365393DC7CA173F"> : tensor<32xf32>
  %9 = arith.constant dense<"0xEE94E8BDC968B2BEBBC2683D0C5BE0BED280D83EA2D0F23EBDE6E2BDE6E7AC3EA54F133E77BCA9BA43E811BE19F2C2BED0D18B3B398085BE1932A33D743D28BE6B0F9ABE120C03BE87D5A93D167DCEBE0C32D3BE7140BC3E0A8FA2BE1F5861BE536004BE3B52BC3E5D3719BEA0A6CD3EEB7351BDE1FEB6BEF5318FBE9C14CDBE"> : tensor<32xf32>
  %10 = arith.constant dense<"0xBCC8093E9534CD3EC410543EB628EB3D9AB13A3E3CE3B63E7F3FAC3EBF414D3E4927143E16E6A03EE95FC63EC614E13E5884B53E65C29F3E09E5973E57D79E3EB1B0333E0410D53E91E3DE3E2CA40B3ED9A1A63E34C1D03E7DCAB83E2435753EBED00A3EF87ECB3ED965513ECC402F3E51623B3E8B678C3EF1D2C33E2A09943E"> : tensor<32xf32>
  %11 = slb.batch_norm %6 gamma = %7 beta = %8 mean = %9 variance = %10 {epsilon = 1.0e-5 : f32} : (tensor<1x1x1x32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) -> tensor<1x1x1x32xf32>
  %12 = slb.quantize %11 : (tensor<1x1x1x32xf32>) -> tensor<1x1x1x32x!slb.lowbit<odd<2>, scale = 0.822431445>>
  %13 = slb.constant dense<"0x01000101000101000001010001010100010000000101010000"> : tensor<1x5x5x1xi8> : tensor<1x5x5x1x!slb.lowbit<odd<1>, scales = [1.48311937] axis = 0>>
  %14 = slb.conv2d %4, %13 {strides = array<i64: 1, 1>, pads = array<i64: 2, 2, 2, 2>, dilations = array<i64: 1, 1>, groups = 1 : i64, layer = "conv2"} : (tensor<1x2x1x1x!slb.lowbit<odd<2>, scale = 0.458156377>>, tensor<1x5x5x1x!slb.lowbit<odd<1>, scales = [1.48311937] axis = 0>>) -> tensor<1x2x1x1xf32>
  %15 = arith.constant dense<"0xBC7056BF"> : tensor<1xf32>
  %16 = arith.constant dense<"0xDD82DA3D"> : tensor<1xf32>
  %17 = arith.constant dense<"0xF491A23D"> : tensor<1xf32>
  %18 = arith.constant dense<"0xD75A6141"> : tensor<1xf32>
  %19 = slb.batch_norm %14 gamma = %15 beta = %16 mean = %17 variance = %18 {epsilon = 1.0e-5 : f32} : (tensor<1x2x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x1x1xf32>
  %20 = slb.dequantize %x0 : (tensor<1x2x1x1x!slb.lowbit<range<-128:127>, scale = 7.812500e-03>>) -> tensor<1x2x1x1xf32>
  %21 = tosa.add %19, %20 : (tensor<1x2x1x1xf32>, tensor<1x2x1x1xf32>) -> tensor<1x2x1x1xf32>
  %22 = tosa.clamp %21 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x2x1x1xf32>) -> tensor<1x2x1x1xf32>
  %23 = slb.quantize %22 : (tensor<1x2x1x1xf32>) -> tensor<1x2x1x1x!slb.lowbit<odd<2>, scale = 0.458156377>>
  %24 = tensor.concat dim(3) %4, %23 : (tensor<1x2x1x1x!slb.lowbit<odd<2>, scale = 0.458156377>>, tensor<1x2x1x1x!slb.lowbit<odd<2>, scale = 0.458156377>>) -> tensor<1x2x1x2x!slb.lowbit<odd<2>, scale = 0.458156377>>
  return %24 : tensor<1x2x1x2x!slb.lowbit<odd<2>, scale = 0.458156377>>
}
