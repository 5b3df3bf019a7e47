func.func @net(%x0: tensor<1x4x3x1x!slb.lowbit<range<-217:38>, scale = 0.00596725568>>) -> (tensor<1x1xf32>, tensor<1x1x!slb.lowbit<odd<1>, scale = 1.08110499>>) {
  %1 = tensor.collapse_shape %x0 [[0], [1, 2, 3]] : tensor<1x4x3x1x!slb.lowbit<range<-217:38>, scale = 0.00596725568>> into tensor<1x12x!slb.lowbit<range<-217:38>, scale = 0.00596725568>>
  %2 = slb.constant dense<"0x0808030B060B0109080B0507"> : tensor<1x12xi8> : tensor<1x12x!slb.lowbit<range<0:12>, scale = 0.0754841268>>
  %3 = slb.linear %1, %2 {layer = "conv1"} : (tensor<1x12x!slb.lowbit<range<-217:38>, scale = 0.00596725568>>, tensor<1x12x!slb.lowbit<range<0:12>, scale = 0.0754841268>>) -> tensor<1x1xf32>
  %4 = arith.constant dense<"0xC80239D1"> : tensor<1xf32>
  %5 = arith.constant dense<"0x38656E3E"> : tensor<1xf32>
  %6 = arith.constant dense<"0xFD3D19C0"> : tensor<1xf32>
  %7 = arith.constant dense<"0x0D43F23E"> : tensor<1xf32>
  %8 = arith.constant dense<"0x95BC3AC0"> : tensor<1xf32>
  %9 = arith.constant dense<"0x072B823F"> : tensor<1xf32>
  %10 = slb.state_batch_norm %3 gamma = %4 beta = %5 mean = %6 variance = %7 discrete_mean = %8 discrete_variance = %9 {epsilon = 1.0e-5 : f32} : (tensor<1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1xf32>
  %11 = tosa.clamp %10 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %12 = slb.quantize %11 : (tensor<1x1xf32>) -> tensor<1x1x!slb.lowbit<odd<1>, scale = 1.08110499>>
  %13 = slb.constant dense<"0x000303010002010002020101030202010001030102030200030202000002"> : tensor<30x1xi8> : tensor<30x1x!slb.lowbit<odd<2>, scale = 0.295694917>>
  %14 = slb.linear %12, %13 {layer = "conv2"} : (tensor<1x1x!slb.lowbit<odd<1>, scale = 1.08110499>>, tensor<30x1x!slb.lowbit<odd<2>, scale = 0.295694917>>) -> tensor<1x30xf32>
  %15 = arith.constant dense<"0x444D93BEE08F5D3E6B4ADBBD2E3B653EA933333EF0BD8BBEF874523EE963793DC5E8F9BC7BAF323E968B2EBEEBA555BE226F113C78E8FF3D518FA13E206509BD3EDAF93D9DF5F9399B4CEB3D5DC394BC9A3B0ABD19CF9B3E2F2D27BE6213AABDE575D0BD598718BEA6684E3E5850873EB1516D3EDC5F993E"> : tensor<1x30xf32>
  %16 = tosa.add %14, %15 : (tensor<1x30xf32>, tensor<1x30xf32>) -> tensor<1x30xf32>
  %17 = arith.constant dense<"0x234737BE355770BEB9B55C3E4E7D6F3E620DE0BCC1BA433F7DCE94BD3E45BABE5D61083F9FDB013F436468BF9B83DCBE61170E3FEFF9DC3E2B333ABFB50D32BFA279C0BEB04E73BF2AE9CF3EA391D7BCABB38EBE97A8B23C7D2E863E09F4A83E5D0938BCA74134BFAF940EBF53C004BFC9637EBF28C5FB3E"> : tensor<1x30xf32>
  %18 = slb.linear %16, %17 {layer = "conv3"} : (tensor<1x30xf32>, tensor<1x30xf32>) -> tensor<1x1xf32>
  return %18, %12 : tensor<1x1xf32>, tensor<1x1x!slb.lowbit<odd<1>, scale = 1.08110499>>
}
