func.func @net(%x0: tensor<1x84x!slb.lowbit<odd<2>, scale = 2.500000e-01>>) -> (tensor<1x672x!slb.lowbit<odd<2>, scale = 2.500000e-01>>) {
  %1 = tensor.concat dim(1) %x0, %x0 : (tensor<1x84x!slb.lowbit<odd<2>, scale = 2.500000e-01>>, tensor<1x84x!slb.lowbit<odd<2>, scale = 2.500000e-01>>) -> tensor<1x168x!slb.lowbit<odd<2>, scale = 2.500000e-01>>
  %2 = tensor.concat dim(1) %1, %1 : (tensor<1x168x!slb.lowbit<odd<2>, scale = 2.500000e-01>>, tensor<1x168x!slb.lowbit<odd<2>, scale = 2.500000e-01>>) -> tensor<1x336x!slb.lowbit<odd<2>, scale = 2.500000e-01>>
  %3 = tensor.concat dim(1) %2, %2 : (tensor<1x336x!slb.lowbit<odd<2>, scale = 2.500000e-01>>, tensor<1x336x!slb.lowbit<odd<2>, scale = 2.500000e-01>>) -> tensor<1x672x!slb.lowbit<odd<2>, scale = 2.500000e-01>>
  return %3 : tensor<1x672x!slb.lowbit<odd<2>, scale = 2.500000e-01>>
}
