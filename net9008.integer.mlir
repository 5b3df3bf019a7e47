module attributes {bitpack.self_check = {inputs = [dense<[0, 0, 0, 0, 0, 0, 0, 0, 0, 524287, 524287, 524287, 524287, 524287, 524287, 524287, 524287, 524287, 158195, 254500, 468732, 26546, 470423, 516342, 106369, 464369, 7490, 67785, 377292, 97201, 351669, 12703, 172671, 85272, 162538, 130264]> : tensor<36xui32>], outputs = [dense<[0, 0, 0, 0, 0, 0, 4294967295, 4294967295, 4294967295, 4294967295, 4294967295, 2047, 287468019, 1707720479, 1926852815, 2114449531, 1122156070, 29, 241240265, 1784605806, 2199517883, 878793023, 3629079877, 508]> : tensor<24xui32>], vectors = 4 : i64}} {
  func.func @net(%arg0: tensor<1x9x19x!slb.lowbit<range<0:1>, scale = 1.42146194>>) -> tensor<1x171x!slb.lowbit<range<0:1>, scale = 1.42146194>> {
    %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2]] : tensor<1x9x19x!slb.lowbit<range<0:1>, scale = 1.42146194>> into tensor<1x171x!slb.lowbit<range<0:1>, scale = 1.42146194>>
    return %collapsed : tensor<1x171x!slb.lowbit<range<0:1>, scale = 1.42146194>>
  }
}
