module attributes {bitpack.self_check = {inputs = [dense<[-9, -9, -9, -9, -9, -9, -9, -9, -9, -9, -9, -9, -9, -9, -9, -9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -4, 0, -5, -1, -6, -6, -8, -8, 0, -7, -1, 0, -3, -6, -6, -9, -7, -8, -7, -3, -9, -6, -3, -5, -6, -3, -5, -7, 0, -5, -1, -3]> : tensor<64xi8>], outputs = [dense<[65535, 65535, 65535, 0, 65535, 0, 65535, 65535, 63986, 37061, 36298, 32575, 37754, 42714, 20498, 65517]> : tensor<16xui32>], vectors = 4 : i64}} {
  func.func @net(%arg0: tensor<16x!slb.lowbit<range<-9:0>, scale = 0.0894897431>>) -> tensor<16x!slb.lowbit<odd<4>>> {
    %0 = slb.requantize %arg0, %arg0 {addend = 7322174977 : i64, multiplier = 993840063 : i32, other_multiplier = -607309221 : i32, shift = 29 : i64} : (tensor<16x!slb.lowbit<range<-9:0>, scale = 0.0894897431>>, tensor<16x!slb.lowbit<range<-9:0>, scale = 0.0894897431>>) -> tensor<16x!slb.lowbit<odd<4>>>
    return %0 : tensor<16x!slb.lowbit<odd<4>>>
  }
}
