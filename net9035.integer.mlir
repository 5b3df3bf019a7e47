module attributes {bitpack.self_check = {inputs = [dense<[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 37, 235, 140, 72, 255, 137, 203, 133, 79, 192, 144, 129, 204, 71, 237, 252, 134, 25, 178, 20, 254, 101, 146, 212]> : tensor<48xui8>], outputs = [dense<3.7660172> : tensor<4xf32>, dense<1> : tensor<4xui32>], vectors = 4 : i64}} {
  func.func @net(%arg0: tensor<1x4x3x1x!slb.lowbit<range<-217:38>, scale = 0.00596725568>>) -> (tensor<1x1xf32>, tensor<1x1x!slb.lowbit<odd<1>, scale = 1.08110499>>) {
    %cst = arith.constant dense<-1> : tensor<1xi8>
    %cst_0 = arith.constant dense<-2147483648> : tensor<1x1xi32>
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<1xf32>
    %cst_2 = arith.constant dense<1.000000e+00> : tensor<1xf32>
    %cst_3 = arith.constant dense<[-0.287698865, 0.216369152, -0.107075535, 0.223858565, 0.175001755, -0.272933483, 0.205524325, 0.0608862974, -0.030506501, 0.17449753, -0.170454353, -0.208640739, 0.00887659378, 0.124955118, 0.315546542, -0.0335437059, 0.121998295, 4.76759771E-4, 0.114892207, -0.0181595627, -0.0337482467, 0.304314405, -0.163258299, -0.0830447823, -0.101787366, -0.14895381, 0.201571077, 0.264284849, 0.23175694, 0.299559474]> : tensor<30xf32>
    %cst_4 = arith.constant dense<1.000000e+00> : tensor<30xf32>
    %cst_5 = arith.constant dense<[[-0.178982303, -0.234707668, 0.215536967, 0.233876437, -0.0273501314, 0.764568388, -0.0726594701, -0.363809526, 0.532735646, 0.507257402, -0.907779872, -0.43069157, 0.555044234, 0.431594342, -0.727343261, -0.695521652, -0.375927985, -0.950419425, 0.406075776, -0.0263145622, -0.278714508, 0.0218089055, 0.262073427, 0.32998684, -0.0112327011, -0.704126775, -0.556956232, -0.518559635, -0.9937101, 0.491738558]]> : tensor<1x30xf32>
    %0 = slb.constant dense<[[0], [3], [3], [1], [0], [2], [1], [0], [2], [2], [1], [1], [3], [2], [2], [1], [0], [1], [3], [1], [2], [3], [2], [0], [3], [2], [2], [0], [0], [2]]> : tensor<30x1xi8> : tensor<30x1x!slb.lowbit<odd<2>, scale = 0.295694917>>
    %1 = slb.constant dense<[[8, 8, 3, 11, 6, 11, 1, 9, 8, 11, 5, 7]]> : tensor<1x12xi8> : tensor<1x12x!slb.lowbit<range<0:12>, scale = 0.0754841268>>
    %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<1x4x3x1x!slb.lowbit<range<-217:38>, scale = 0.00596725568>> into tensor<1x12x!slb.lowbit<range<-217:38>, scale = 0.00596725568>>
    %2 = slb.integer_linear %collapsed, %1 thresholds = %cst_0 signs = %cst {layer = "conv1"} : (tensor<1x12x!slb.lowbit<range<-217:38>, scale = 0.00596725568>>, tensor<1x12x!slb.lowbit<range<0:12>, scale = 0.0754841268>>, tensor<1x1xi32>, tensor<1xi8>) -> tensor<1x1x!slb.lowbit<odd<1>, scale = 1.08110499>>
    %3 = slb.fused_linear %2, %0 scale = %cst_4 shift = %cst_3 {layer = "conv2"} : (tensor<1x1x!slb.lowbit<odd<1>, scale = 1.08110499>>, tensor<30x1x!slb.lowbit<odd<2>, scale = 0.295694917>>, tensor<30xf32>, tensor<30xf32>) -> tensor<1x30xf32>
    %4 = slb.fused_linear %3, %cst_5 scale = %cst_2 shift = %cst_1 {layer = "conv3"} : (tensor<1x30xf32>, tensor<1x30xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1xf32>
    return %4, %2 : tensor<1x1xf32>, tensor<1x1x!slb.lowbit<odd<1>, scale = 1.08110499>>
  }
}
